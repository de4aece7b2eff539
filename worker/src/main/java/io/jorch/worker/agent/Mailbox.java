package io.jorch.worker.agent;

/// Runs messages one after another on the agent's thread. May be called by any thread; never blocks.
@FunctionalInterface
interface Mailbox {
    void post(Runnable message);
}
