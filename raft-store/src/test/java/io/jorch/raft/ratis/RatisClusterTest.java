package io.jorch.raft.ratis;

import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.RaftClusterContractTest;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.engine.StateMachine;

final class RatisClusterTest extends RaftClusterContractTest {
    @Override
    protected RaftEngine open(EngineConfig config, StateMachine machine) {
        return RatisEngine.open(config, machine);
    }
}
