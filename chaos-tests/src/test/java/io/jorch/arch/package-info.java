/// Holds the arrows of `docs/architecture.md`. Start at [ModuleArchTest].
@org.jspecify.annotations.NullMarked
package io.jorch.arch;
