package io.jorch.worker.task;

import io.jorch.worker.compose.ContainerComposer;
import io.jorch.worker.time.Alarms;
import io.jorch.worker.volume.Volumes;
import java.time.InstantSource;
import java.util.function.Supplier;

/// All that runners share.
///
/// @param clock the wall clock, for showing
/// @param containerIds mints 64 hexadecimal digits
/// @param bootId of the kernel that runs now
public record TaskTools(TaskImages images, TaskNetworks networks, TaskRuntime runtime, Volumes volumes,
        ContainerComposer composer, Alarms alarms, InstantSource clock, Supplier<String> containerIds, String bootId) {
}
