/// Starting a container. All policy is data: a [LaunchPlan] says everything, [LaunchScript] turns it into a system call
/// script without touching the machine, and [Launcher] has the native interpreter run that and tells what happened.
///
/// ```
/// Launcher ── posix_spawn ──> interpreter (parent half) ── clone3 ──> interpreter (child half)
///                                │ mounts, id map, cgroups   "go on"      │ root, mounts, ids, seccomp
///                                └─ execveat ──> shim ──── "go" ────────> └─ execve of the container's program
/// ```
@NullMarked
package io.jorch.runtime.launch;

import org.jspecify.annotations.NullMarked;
