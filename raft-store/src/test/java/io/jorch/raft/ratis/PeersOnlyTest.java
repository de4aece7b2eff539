package io.jorch.raft.ratis;

import static io.jorch.raft.engine.Nodes.awaitLead;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Ledger;
import io.jorch.raft.engine.Nodes;
import io.jorch.raft.engine.RaftEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.retry.RetryPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PeersOnlyTest {

    @TempDir
    Path folder;

    @Test
    void aRatisClientCanNeitherWriteNorAdminister() throws Exception {
        EngineConfig config = EngineConfig.first(Nodes.CLUSTER, Nodes.member("n1"), folder.resolve("raft"))
                .withTiming(Nodes.FAST);
        Ledger ledger = new Ledger();
        try (RaftEngine engine = RatisEngine.open(config, ledger);
                RaftClient client = RaftClient.newBuilder().setProperties(new RaftProperties())
                        .setRaftGroup(Peers.group(Peers.groupId(Nodes.CLUSTER), config.initialPeers()))
                        .setRetryPolicy(RetryPolicies.noRetry()).build()) {
            awaitLead(engine);
            assertThrows(IOException.class, () -> client.io().send(Message.valueOf("from outside")));
            assertThrows(IOException.class,
                    () -> client.admin().setConfiguration(List.of(Peers.peer(Nodes.member("n2")))));
            assertEquals(List.of(), ledger.entries());
            assertEquals(1, engine.members().size());
        }
    }
}
