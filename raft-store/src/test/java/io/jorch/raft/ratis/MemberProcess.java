package io.jorch.raft.ratis;

import io.jorch.raft.engine.EngineConfig;
import io.jorch.raft.engine.Ledger;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Nodes;
import io.jorch.raft.engine.Outcome;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.seal.DataKeys;
import io.jorch.raft.seal.SealedEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// One member in a JVM of its own, for tests: commands on stdin, one answer line each on stdout (`NUMBER ANSWER…`), in any
/// order. It ends with its stdin.
///
/// Arguments: folder, snapshot every so many entries, data keys in hex, own id, then `ID=PORT` for each first member.
/// Commands: `NUMBER propose TEXT`, `NUMBER read`, `NUMBER dump`, `NUMBER applied`, `NUMBER leader`.
final class MemberProcess {

    private final RaftEngine engine;
    private final Ledger ledger;

    private MemberProcess(RaftEngine engine, Ledger ledger) {
        this.engine = engine;
        this.ledger = ledger;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        EngineConfig.Limits limits = new EngineConfig.Limits(64 << 10, 256 << 10, Long.parseLong(args[1]));
        DataKeys keys = DataKeys.decode(HexFormat.of().parseHex(args[2]));
        List<Member> members = Arrays.stream(args, 4, args.length).map(MemberProcess::member).toList();
        Member self = members.stream().filter(member -> member.id().equals(args[3])).findFirst().orElseThrow();
        Ledger ledger = new Ledger();
        EngineConfig config = new EngineConfig(Nodes.CLUSTER, self, folder, members, Nodes.FAST, limits, null);
        try (RaftEngine engine = SealedEngine.open(RatisEngine::open, config, keys, ledger)) {
            say("0 started");
            new MemberProcess(engine, ledger).serve();
        }
    }

    private static Member member(String argument) {
        String[] parts = argument.split("=");
        return Member.voter(parts[0], "127.0.0.1", Integer.parseInt(parts[1]));
    }

    private void serve() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            answer(words[0], words[1], words.length > 2 ? words[2] : "");
        }
    }

    private void answer(String number, String command, String text) {
        switch (command) {
            case "propose" -> engine.propose(engine.leadership().term(), Nodes.bytes(text))
                    .thenAccept(outcome -> say(number + " " + describe(outcome)));
            case "read" -> engine.readIndex()
                    .whenComplete((index, failure) -> say(number + (failure == null ? " index " + index : " failed")));
            case "dump" -> {
                Map<Long, String> entries = ledger.byIndex();
                say(number + " " + String.join(",",
                        entries.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList()));
            }
            case "applied" -> say(number + " " + engine.status().applied());
            case "leader" -> say(number + " " + engine.leadership().leads());
            default -> throw new IllegalArgumentException(command);
        }
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied -> "applied " + applied.index();
            case Outcome.NotLeader refused -> "not-leader " + refused.hint();
            case Outcome.Unknown unknown -> "unknown";
        };
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
