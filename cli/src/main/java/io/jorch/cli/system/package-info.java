/// The node and the cluster as a whole: `init`, `leave`, `info`, `version`, `events`. Start at [InitCommand].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.system;
