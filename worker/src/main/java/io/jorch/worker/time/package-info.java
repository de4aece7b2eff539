/// Time as the worker sees it: monotonic, and handed in so that tests own it. Start at [Alarms].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.time;
