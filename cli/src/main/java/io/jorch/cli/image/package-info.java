/// `jorch image …`: images of the node that the client talks to. Start at [ImageCommand].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.image;
