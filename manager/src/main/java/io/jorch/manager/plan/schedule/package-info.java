/// Which node a task runs on. Start at [io.jorch.manager.plan.schedule.ScheduleStep].
@NullMarked
package io.jorch.manager.plan.schedule;

import org.jspecify.annotations.NullMarked;
