/// Containers that outlive the daemon. Start at [Containers]: it starts, adopts, removes and sweeps; a [Container] is
/// one that runs.
///
/// ```
/// DATA/tasks/ID/upper   what the container wrote        DATA/tasks/ID/log, log.1, ...  its output
/// DATA/tasks/ID/work    overlayfs' scratch directory    DATA/tasks/ID/exit             how it ended
/// RUN/shims/ID.sock     its shim, while it runs
/// ```
@NullMarked
package io.jorch.runtime.container;

import org.jspecify.annotations.NullMarked;
