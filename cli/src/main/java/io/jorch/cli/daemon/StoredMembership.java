package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// What cluster this node is part of: `DATA/node/membership`, one line `JRMB 1 {json}`. The node's id is its Raft
/// member's id and never changes; addresses do.
///
/// @param ready false while `init` is under way: a crash then leaves a node that is part of nothing
record StoredMembership(String clusterId, String nodeId, String raftAddress, boolean ready) {
    private static final String MAGIC = "JRMB 1 ";
    private static final String FILE = "membership";

    static Optional<StoredMembership> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file);
            if (!text.startsWith(MAGIC)) {
                throw new JorchException(ErrorCode.CORRUPT, file + " is not of this version of jorch");
            }
            return Optional.of(Json.readTolerant(text.substring(MAGIC.length()).getBytes(StandardCharsets.UTF_8),
                    StoredMembership.class));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't read " + file, failure);
        }
    }

    /// Whole or not at all, and on the disk when this returns.
    void write(Path folder) {
        Path file = folder.resolve(FILE);
        Path temporary = folder.resolve(FILE + ".tmp");
        try {
            Files.writeString(temporary, MAGIC + new String(Json.write(this), StandardCharsets.UTF_8));
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't write " + file + ": "
                    + JorchException.describe(failure), failure);
        }
    }

    static void forget(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't remove the membership file", failure);
        }
    }
}
