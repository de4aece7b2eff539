package io.jorch.images.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoresTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Digest HELLO_DIGEST = Digest.sha256(HELLO);

    @TempDir
    Path directory;

    private static long files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aBlobIsVisibleOnlyOnceItIsWholeAndVerified() throws IOException {
        ContentStore store = ContentStore.open(directory);
        try (Ingest ingest = store.begin(HELLO_DIGEST, 5)) {
            ingest.write(HELLO, 0, 3);
            assertFalse(store.contains(HELLO_DIGEST));
            ingest.write(HELLO, 3, 2);
            ingest.commit();
        }
        assertArrayEquals(HELLO, store.document(HELLO_DIGEST));
        assertEquals(1, files(directory));
    }

    @Test
    void anInterruptedBlobGoesOnInThisProcessAndIsGoneAfterAStart() throws IOException {
        ContentStore store = ContentStore.open(directory);
        try (Ingest ingest = store.begin(HELLO_DIGEST, 5)) {
            ingest.write(HELLO, 0, 3);
        }
        try (Ingest ingest = store.begin(HELLO_DIGEST, 5)) {
            assertEquals(3, ingest.received());
        }
        ContentStore again = ContentStore.open(directory);
        assertEquals(0, files(directory));
        try (Ingest ingest = again.begin(HELLO_DIGEST, 5)) {
            assertEquals(0, ingest.received());
        }
    }

    @Test
    void wrongContentTooMuchOrTooLittleLeavesNothing() throws IOException {
        ContentStore store = ContentStore.open(directory);
        for (String wrong : List.of("hellO", "hello!", "hell")) {
            byte[] bytes = wrong.getBytes(StandardCharsets.UTF_8);
            try (Ingest ingest = store.begin(HELLO_DIGEST, 5)) {
                JorchException refused = assertThrows(JorchException.class, () -> {
                    ingest.write(bytes, 0, bytes.length);
                    ingest.commit();
                }, wrong);
                assertEquals(ErrorCode.CORRUPT, refused.code());
            }
            assertEquals(0, files(directory), wrong);
        }
    }

    @Test
    void anotherSizeForADigestThatIsThereIsRefused() {
        ContentStore store = ContentStore.open(directory);
        store.put(new Descriptor(MediaType.OCI_CONFIG, HELLO_DIGEST, 5), HELLO);
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> store.begin(HELLO_DIGEST, 6)).code());
        // The lock was given back.
        try (Ingest ingest = store.begin(HELLO_DIGEST, 5)) {
            assertTrue(ingest.complete());
        }
    }

    @Test
    void aDocumentThatWasDamagedOnDiskIsNoticed() throws IOException {
        ContentStore store = ContentStore.open(directory);
        store.put(new Descriptor(MediaType.OCI_CONFIG, HELLO_DIGEST, 5), HELLO);
        Files.writeString(store.path(HELLO_DIGEST), "hellO");
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> store.document(HELLO_DIGEST)).code());
    }

    private static NamedImage named(String name) {
        return new NamedImage(Optional.of(ImageReference.parse(name)),
                new Descriptor(MediaType.OCI_MANIFEST, HELLO_DIGEST, 5), Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void namesOutliveAStartAndATornLine() throws IOException {
        Path file = directory.resolve("names");
        ImageStore names = ImageStore.open(file);
        names.put(named("a:1"));
        names.put(named("b:1"));
        names.remove(named("a:1").key());
        names.put(new NamedImage(Optional.empty(), named("a").root(), Instant.EPOCH));
        List<NamedImage> before = names.all();
        assertEquals(before, ImageStore.open(file).all());
        Files.writeString(file, "put docker.io/library/c:1 applic", StandardOpenOption.APPEND);
        assertEquals(before, ImageStore.open(file).all());
        assertEquals(before, ImageStore.open(file).all());
    }

    @Test
    void damageInTheMiddleOfNamesIsAnErrorAndNotALoss() throws IOException {
        Path file = directory.resolve("names");
        ImageStore names = ImageStore.open(file);
        names.put(named("a:1"));
        names.put(named("b:1"));
        byte[] content = Files.readAllBytes(file);
        content[25] ^= 1;
        Files.write(file, content);
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> ImageStore.open(file)).code());
    }

    @Test
    void theFileOfNamesStaysSmall() throws IOException {
        Path file = directory.resolve("names");
        ImageStore names = ImageStore.open(file);
        for (int i = 0; i < 1000; i++) {
            names.put(named("a:1"));
        }
        assertTrue(Files.size(file) < 100_000, Files.size(file) + " bytes");
        assertEquals(List.of(named("a:1")), ImageStore.open(file).all());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream input = StoresTest.class.getResourceAsStream("/golden/" + name)) {
            if (input == null) {
                throw new IOException("golden/" + name + " is missing");
            }
            return input.readAllBytes();
        }
    }

    @Test
    void theGoldenFileOfNamesIsReadAndWrittenUnchanged() throws IOException {
        ImageJournal.Replay replay = ImageJournal.replay(golden("image-names-1"));
        assertEquals(List.of("@" + HELLO_DIGEST, "docker.io/library/b@" + HELLO_DIGEST, "localhost:5000/a:1"),
                List.copyOf(replay.images().keySet()));
        assertEquals(new String(golden("image-names-1"), StandardCharsets.UTF_8).replaceAll("(?m)^(put \\S+/gone:1|remove) .*\n", ""),
                new String(ImageJournal.write(replay.images().values()), StandardCharsets.UTF_8));
    }

    @Test
    void theGoldenLayerInfoIsReadAndWrittenUnchanged() throws IOException {
        LayerInfo info = LayerInfo.read(golden("layer-info-1"));
        assertEquals(new LayerInfo(HELLO_DIGEST, 12345), info);
        assertArrayEquals(golden("layer-info-1"), info.write());
    }

    @Test
    void whatIsHeldDuringASweepIsNotDeleted() {
        Leases leases = new Leases();
        Leases.Lease before = leases.open();
        before.hold(HELLO_DIGEST);
        try (Leases.Sweep sweep = leases.sweep()) {
            before.close();
            // Given back after the sweep began: what the sweep knows of the names is older than that.
            assertFalse(sweep.ifFree(HELLO_DIGEST, StoresTest::fail));
        }
        try (Leases.Sweep sweep = leases.sweep()) {
            Leases.Lease passing = leases.open();
            passing.hold(HELLO_DIGEST);
            passing.close();
            assertFalse(sweep.ifFree(HELLO_DIGEST, StoresTest::fail));
        }
        try (Leases.Sweep sweep = leases.sweep()) {
            assertTrue(sweep.ifFree(HELLO_DIGEST, () -> {
            }));
        }
    }

    private static void fail() {
        throw new AssertionError("deleted");
    }
}
