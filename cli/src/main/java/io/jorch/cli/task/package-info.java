/// `jorch task …`, and the table of tasks that `service ps`, `node ps` and `stack ps` print. Start at [TaskTable].
@org.jspecify.annotations.NullMarked
package io.jorch.cli.task;
