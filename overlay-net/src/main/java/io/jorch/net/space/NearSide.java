package io.jorch.net.space;

import io.jorch.net.netlink.NetlinkClient;
import io.jorch.runtime.linux.Fd;

/// Where the near end of a leg is.
interface NearSide {
    /// Makes both ends of the leg and all that they need, or nothing.
    ///
    /// @param task the task's namespace
    /// @param inTask a client inside it
    void addLeg(VethLeg leg, Fd task, NetlinkClient inTask);
}
