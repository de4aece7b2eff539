package io.jorch.worker.task;

import java.nio.file.Path;

/// A task's network, made and ready to be joined.
///
/// @param namespace the file that it is bound to
/// @param resolvConf the text of /etc/resolv.conf
/// @param hosts the text of /etc/hosts
public record AttachedNetwork(Path namespace, String resolvConf, String hosts) {
}
