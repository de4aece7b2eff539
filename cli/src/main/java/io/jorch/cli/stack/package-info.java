/// `jorch stack …`: Compose files as services and networks. Start at [StackCommand]; what a file means is in [ComposeFile].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.stack;
