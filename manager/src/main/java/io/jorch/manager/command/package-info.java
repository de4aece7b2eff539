/// What users ask of the cluster, and what each wish changes in its state: pure. Start at [Command] and [CommandPort].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.command;
