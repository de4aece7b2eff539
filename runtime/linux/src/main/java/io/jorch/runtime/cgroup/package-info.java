/// Control groups: what a task may use of the machine, what it used, and how to stop all of it at once. Works on cgroup
/// v2 and on v1 with a v2 tree beside it (hybrid). Start at [Cgroups].
@NullMarked
package io.jorch.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
