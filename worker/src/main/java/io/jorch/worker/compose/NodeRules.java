package io.jorch.worker.compose;

/// What a node's administrator lets tasks have beyond the safe defaults, and what this build of the runtime can do.
///
/// @param bindMounts host paths may be mounted into tasks
/// @param unconfined seccomp and no_new_privs may be switched off
/// @param initProcess the runtime can put an init in front of a task's program
/// @param terminal the runtime can give a task a terminal, or keep its standard input open
public record NodeRules(boolean bindMounts, boolean unconfined, boolean initProcess, boolean terminal) {
    /// Nothing beyond the safe defaults.
    public static final NodeRules STRICT = new NodeRules(false, false, false, false);
}
