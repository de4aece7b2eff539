/// Logs of services and tasks as one stream: lines of many tasks in the order of their times, in Docker's framing. Start
/// at [LogStream].
@org.jspecify.annotations.NullMarked
package io.jorch.manager.control.log;
