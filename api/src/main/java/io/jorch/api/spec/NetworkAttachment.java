package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;

/// Docker's `NetworkAttachmentConfig`: `target` is a network's id or name.
public record NetworkAttachment(String target, List<String> aliases, Map<String, String> driverOpts) {
    public NetworkAttachment {
        target = Absent.text(target);
        aliases = Absent.list(aliases);
        driverOpts = Absent.map(driverOpts);
    }
}
