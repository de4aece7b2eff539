/// The seam between jorch and whatever Raft library runs below it: bytes in, ordered bytes out. Nothing in here knows
/// what an entry means, and nothing above it knows which library orders the entries.
///
/// Start at [RaftEngine] (what the leader loop calls), then [StateMachine] (what the engine calls) and [EngineConfig].
/// `RatisEngine` is the engine; the contract every engine keeps is written down as `RaftEngineContractTest`.
@org.jspecify.annotations.NullMarked
package io.jorch.raft.engine;
