package io.jorch.api.image;

import io.jorch.api.json.Absent;
import java.util.List;

/// How to make an image of a root filesystem: the parameters of `POST /images/create?fromSrc=-`.
///
/// @param reference the new image's name; empty: none, it is reachable by its id
/// @param changes Dockerfile instructions: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, STOPSIGNAL, USER, VOLUME, WORKDIR, ONBUILD
/// @param platform `os[/arch[/variant]]`; empty: the node's
public record ImportRequest(String reference, List<String> changes, String message, String platform) {
    public ImportRequest {
        reference = Absent.text(reference);
        changes = Absent.list(changes);
        message = Absent.text(message);
        platform = Absent.text(platform);
    }
}
