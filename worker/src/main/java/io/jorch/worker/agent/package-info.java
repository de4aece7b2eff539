/// The worker's conversation with its manager. Start at [AgentLoop]; what it says and decides is in [Agent].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.agent;
