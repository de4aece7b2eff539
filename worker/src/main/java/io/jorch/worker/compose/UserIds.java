package io.jorch.worker.compose;

import java.util.List;

/// Who a container's program is, in the container's own ids.
///
/// @param groups supplementary ones
/// @param home its home directory, absolute
public record UserIds(int uid, int gid, List<Integer> groups, String home) {
    public static final UserIds ROOT = new UserIds(0, 0, List.of(), "/root");

    public UserIds {
        groups = List.copyOf(groups);
    }
}
