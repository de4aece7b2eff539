/// `jorch node …`. Start at [NodeCommand].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.node;
