/// A daemon for tests of commands. Start at [FakeDaemon].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.fake;
