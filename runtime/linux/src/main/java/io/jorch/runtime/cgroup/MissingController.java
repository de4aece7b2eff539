package io.jorch.runtime.cgroup;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// The error for a limit that this host can't put into force, because a controller isn't there.
final class MissingController {
    private MissingController() {
    }

    static JorchException needed(String controller, String limit) {
        return new JorchException(ErrorCode.UNSUPPORTED, limit + " needs the cgroup controller " + controller
                + ", which is not available here: run jorch check, or leave the limit out");
    }
}
