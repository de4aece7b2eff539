/// What tasks print, on its way to whoever asked. Start at [LogSource].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.log;
