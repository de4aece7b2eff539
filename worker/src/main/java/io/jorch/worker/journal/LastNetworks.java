package io.jorch.worker.journal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.api.message.NetworkMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest network map that was in force, so that a daemon that starts while no manager can be reached still answers
/// names and knows its tasks' subnets. Not synced: after a power cut there are no tasks to know them for.
///
/// The file: magic `JWNM`, version (1 byte), three zeros, CRC32C of the rest (4 bytes, big endian), the map as JSON.
public final class LastNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(LastNetworks.class);
    private static final byte[] START = {'J', 'W', 'N', 'M', 1, 0, 0, 0};
    private static final int HEADER = 12;

    private final Path file;

    /// @param folder `DATA/node`
    public LastNetworks(Path folder) {
        this.file = folder.resolve("worker-networks");
    }

    /// Empty when there is none, or none that can be read: the manager will send one.
    public Optional<NetworkMap> load() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < HEADER || !Arrays.equals(bytes, 0, START.length, START, 0, START.length)
                    || ByteBuffer.wrap(bytes, START.length, 4).getInt() != checksum(bytes)) {
                LOG.warn("event=networks-file-unreadable file={}", file);
                return Optional.empty();
            }
            return Optional.of(Json.readTolerant(Arrays.copyOfRange(bytes, HEADER, bytes.length), NetworkMap.class));
        } catch (java.nio.file.NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, file + ": " + JorchException.describe(failure), failure);
        }
    }

    /// One caller at a time.
    public void save(NetworkMap map) {
        byte[] json = Json.write(map);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + json.length).put(START).putInt(0).put(json);
        bytes.putInt(START.length, checksum(bytes.array()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, bytes.array());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.EXHAUSTED,
                    file + " can't be written: " + JorchException.describe(failure) + ": make room on its disk", failure);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, HEADER, bytes.length - HEADER);
        return (int) checksum.getValue();
    }
}
