/// The daemon's composition root: the only place where manager and worker are in one hand. Start at [Daemon].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.daemon;
