/// `jorch network …`. Start at [NetworkCommand].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.network;
