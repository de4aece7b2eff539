package io.jorch.net;

import java.nio.file.Path;

/// What a launch needs of a task's network. The namespace belongs to the host's user namespace, so nothing in the task
/// can change it: ports below 1024 and ping are open to it by the namespace's own settings. For the same reason the
/// task's user namespace can't mount a sysfs of it: mount that from outside, in this network namespace.
///
/// @param namespace the file that the network namespace is bound to, for setns
/// @param resolvConf the text of /etc/resolv.conf
/// @param hosts the text of /etc/hosts
public record Attachment(String taskId, Path namespace, String hostname, String resolvConf, String hosts) {
}
