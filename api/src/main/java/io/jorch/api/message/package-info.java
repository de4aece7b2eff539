/// What managers and workers say to each other on their one stream. Start at [ManagerMessage] (down) and
/// [AgentMessage] (up).
@org.jspecify.annotations.NullMarked
package io.jorch.api.message;
