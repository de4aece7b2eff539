/// `jorch service …`. Start at [ServiceCommand]; what each flag does to a spec is in [ServiceFlags], how a command waits
/// until its wish came true in [Convergence].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.service;
