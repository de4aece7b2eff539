/// What all commands share: the root's options, how they end, how they find objects. Start at [Connection].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.command;
