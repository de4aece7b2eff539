package io.jorch.worker.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LastNetworksTest {
    private static final NetworkMap MAP = new NetworkMap(7,
            List.of(new NetworkMap.NetworkView("n1", "front", false, "10.0.1.0/24", "10.0.1.1", 4097, false, List.of())),
            List.of(new NetworkMap.PortView("tcp", 8080, 80, false, List.of("10.255.0.2"))));

    @TempDir
    private Path folder;

    @Test
    void theNewestMapIsThereAgain() {
        LastNetworks last = new LastNetworks(folder);
        assertEquals(Optional.empty(), last.load());
        last.save(new NetworkMap(6, List.of(), List.of()));
        last.save(MAP);
        assertEquals(Optional.of(MAP), new LastNetworks(folder).load());
    }

    @Test
    void aDamagedFileIsNoMap() throws IOException {
        LastNetworks last = new LastNetworks(folder);
        last.save(MAP);
        Path file = folder.resolve("worker-networks");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertEquals(Optional.empty(), last.load());
        Files.write(file, new byte[3]);
        assertEquals(Optional.empty(), last.load());
    }

    @Test
    void theGoldenFileStaysReadable() throws IOException {
        try (java.io.InputStream stream = LastNetworksTest.class.getResourceAsStream("/golden/worker-networks-1.bin")) {
            assertTrue(stream != null, "golden file is missing");
            Files.write(folder.resolve("worker-networks"), stream.readAllBytes());
        }
        assertEquals(Optional.of(MAP), new LastNetworks(folder).load());
    }
}
