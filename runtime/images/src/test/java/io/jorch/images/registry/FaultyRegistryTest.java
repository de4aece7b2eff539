package io.jorch.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.images.Images;
import io.jorch.images.ImagesSettings;
import io.jorch.images.UnpackedImage;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.registry.FaultRegistry.Fault;
import io.jorch.images.unpack.NioLayerTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The table of faults that other clients were seen to fail at.
@Timeout(60)
class FaultyRegistryTest {
    private static final RegistrySettings QUICK = new RegistrySettings(Set.of(), Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofMillis(400), new RetryPolicy(4, Duration.ofMillis(5), Duration.ofMillis(50)), 3);
    private static final RegistryCredential ME = RegistryCredential.of("me", "s3cret");
    private static final String ME_HEADER = "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    @TempDir
    Path directory;
    private FaultRegistry registry;
    private SampleImage sample;
    private Images images;

    @BeforeEach
    void open() throws IOException {
        registry = new FaultRegistry();
        sample = new SampleImage(registry);
        images = new Images(ImagesSettings.of(directory.resolve("images"), NioLayerTarget::new, Set::of)
                .withRegistries(QUICK));
    }

    @AfterEach
    void close() {
        images.close();
        registry.close();
    }

    private String name(String selector) {
        return registry.domain() + "/a/b" + selector;
    }

    private ImagePin pull(String selector) {
        return images.pull(name(selector), "", RegistryCredential.ANONYMOUS, _ -> {
        });
    }

    private JorchException refused(String selector) {
        JorchException refused = assertThrows(JorchException.class, () -> pull(selector));
        assertEquals(List.of(), images.list(ImageFilter.ALL));
        return refused;
    }

    private long partialFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("images/blobs/partial"))) {
            return files.count();
        }
    }

    private void assertPulled() {
        assertEquals(sample.manifest.digest().toString(), pull(":v1").digest());
        assertEquals(0, registry.left().size(), "faults that were not met");
        assertEquals(1, images.list(ImageFilter.ALL).size());
    }

    @Test
    void aPulledImageIsPreparedAndTellsItsProgress() throws IOException {
        List<String> lines = new ArrayList<>();
        ImagePin pin = images.pull(name(":all"), "", RegistryCredential.ANONYMOUS,
                line -> lines.add((line.id() + " " + line.status()).strip()));
        assertEquals(sample.index.digest().toString(), pin.digest());
        assertEquals("all Pulling from a/b", lines.getFirst());
        assertTrue(lines.contains(sample.upperBlob.digest().shortHex() + " Pull complete"), lines.toString());
        assertEquals("Digest: " + sample.index.digest(), lines.get(lines.size() - 2));
        assertEquals("Status: Downloaded newer image for " + name(":all"), lines.getLast());
        try (UnpackedImage unpacked = images.prepare(pin, RegistryCredential.ANONYMOUS, _ -> {
        })) {
            assertEquals(2, unpacked.layers().size());
            assertEquals("1", Files.readString(unpacked.layers().getFirst().resolve("etc/a")));
            assertEquals("2", Files.readString(unpacked.layers().getLast().resolve("etc/b")));
        }
        List<String> again = new ArrayList<>();
        images.pull(name(":all"), "", RegistryCredential.ANONYMOUS, line -> again.add(line.status()));
        assertEquals("Status: Image is up to date for " + name(":all"), again.getLast());
    }

    @Test
    void aPinIsFetchedWhenItIsMissingAndThenNeedsNoRegistry() {
        ImagePin pin = new ImagePin(name(":v1"), sample.manifest.digest().toString(), List.of());
        images.prepare(pin, RegistryCredential.ANONYMOUS, _ -> {
        }).close();
        int before = registry.seen.size();
        images.prepare(pin, RegistryCredential.ANONYMOUS, _ -> {
        }).close();
        assertEquals(before, registry.seen.size());
        assertEquals(List.of(), images.list(ImageFilter.ALL).getFirst().repoTags());
    }

    @Test
    void unavailableAndTooManyAreAskedAgain() {
        registry.then("/manifests/", Fault.UNAVAILABLE, Fault.TOO_MANY).then("/blobs/", Fault.TOO_MANY, Fault.UNAVAILABLE);
        assertPulled();
    }

    @Test
    void aRegistryThatStaysUnavailableIsGivenUp() {
        registry.then("/manifests/", Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE);
        assertEquals(ErrorCode.UNAVAILABLE, refused(":v1").code());
    }

    @Test
    void aCutBlobGoesOnWhereItWasCut() {
        registry.then(sample.lowerBlob.digest().toString(), Fault.CUT, Fault.CUT);
        assertPulled();
        assertEquals(List.of("", "bytes=" + sample.lower.length / 2 + "-"), registry.seen.stream()
                .filter(request -> request.path().endsWith(sample.lowerBlob.digest().toString()))
                .map(FaultRegistry.Seen::range).limit(2).toList());
    }

    @Test
    void aRegistryThatIgnoresOrMistakesTheRangeIsNotBelieved() {
        registry.then(sample.lowerBlob.digest().toString(), Fault.CUT, Fault.WRONG_RANGE, Fault.CUT, Fault.IGNORE_RANGE);
        assertPulled();
    }

    @Test
    void aStalledBodyIsBegunAnew() {
        registry.then(sample.lowerBlob.digest().toString(), Fault.STALL);
        assertPulled();
    }

    @Test
    void aCutManifestIsAskedForAgain() {
        registry.then("/manifests/v1", Fault.CUT);
        assertPulled();
    }

    @Test
    void aBitThatFlippedOnceIsFetchedAgain() {
        registry.then(sample.lowerBlob.digest().toString(), Fault.FLIP);
        assertPulled();
    }

    @Test
    void aBitThatStaysFlippedIsRefusedAndRemoved() throws IOException {
        registry.then(sample.lowerBlob.digest().toString(), Fault.FLIP, Fault.FLIP);
        assertEquals(ErrorCode.CORRUPT, refused(":v1").code());
        assertFalse(Files.exists(directory.resolve("images/blobs/sha256").resolve(sample.lowerBlob.digest().hex())));
        assertEquals(0, partialFiles());
    }

    @Test
    void flippedBitsAreFoundWithoutTheDigestHeader() {
        registry.digestHeader = false;
        registry.then(sample.config.digest().toString(), Fault.FLIP, Fault.FLIP);
        assertEquals(ErrorCode.CORRUPT, refused(":v1").code());
    }

    @Test
    void aPinnedManifestThatWasAlteredIsRefused() {
        registry.digestHeader = false;
        registry.then("/manifests/sha256", Fault.ALTER);
        assertEquals(ErrorCode.CORRUPT, refused("@" + sample.manifest.digest()).code());
    }

    @Test
    void anAlteredManifestOfATagIsRefusedByItsHeader() {
        registry.then("/manifests/v1", Fault.ALTER);
        assertEquals(ErrorCode.CORRUPT, refused(":v1").code());
    }

    @Test
    void aManifestOfAnIndexThatWasAlteredIsRefused() {
        registry.digestHeader = false;
        registry.then("/manifests/" + sample.manifest.digest(), Fault.ALTER);
        assertEquals(ErrorCode.CORRUPT, refused(":all").code());
    }

    @Test
    void aManifestOf200MegabytesIsRefusedWithoutBeingRead() {
        registry.then("/manifests/v1", Fault.HUGE);
        long before = Runtime.getRuntime().totalMemory();
        JorchException refused = refused(":v1");
        assertEquals(ErrorCode.CORRUPT, refused.code(), refused.getMessage());
        assertTrue(Runtime.getRuntime().totalMemory() - before < 150L << 20);
    }

    @Test
    void theRegistrysWordsReachTheUserInOneLine() {
        registry.then("/manifests/", Fault.NOT_FOUND);
        JorchException refused = refused(":v1");
        assertEquals(ErrorCode.NOT_FOUND, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("(no such)"), refused.getMessage());
    }

    @Test
    void aTokenThatRunsOutInMidPullIsRenewed() {
        registry.requestsPerToken = 2;
        assertPulled();
        assertTrue(registry.tokens.get() >= 2, registry.tokens + " tokens");
    }

    @Test
    void aTokenIsAskedForWithTheUsersLoginAndSharedByLaterRequests() {
        registry.requestsPerToken = 100;
        registry.basic = ME_HEADER;
        images.pull(name(":v1"), "", ME, _ -> {
        });
        images.resolve(name(":v1"), ME);
        assertEquals(1, registry.tokens.get());
        assertTrue(registry.seen.stream().filter(request -> !request.path().startsWith("/token"))
                .noneMatch(request -> request.authorization().startsWith("Basic")));
    }

    @Test
    void basicIsSentOnlyWhenItIsAskedFor() {
        registry.basic = ME_HEADER;
        images.pull(name(":v1"), "", ME, _ -> {
        });
        assertEquals("", registry.seen.getFirst().authorization());
        assertEquals(ErrorCode.UNAUTHENTICATED, assertThrows(JorchException.class, () -> images.resolve(name(":v1"),
                RegistryCredential.ANONYMOUS)).code());
        assertEquals(ErrorCode.UNAUTHENTICATED, assertThrows(JorchException.class, () -> images.resolve(name(":v1"),
                RegistryCredential.of("me", "wrong"))).code());
    }

    @Test
    void aLoginForAnotherRegistryIsNotSent() {
        registry.basic = ME_HEADER;
        RegistryCredential other = new RegistryCredential("me", "s3cret", "https://index.docker.io/v1/", "", "");
        assertThrows(JorchException.class, () -> images.resolve(name(":v1"), other));
        assertTrue(registry.seen.stream().allMatch(request -> request.authorization().isEmpty()));
    }

    @Test
    void aForeignRealmOverHttpGetsNothing() throws IOException {
        try (FaultRegistry foreign = new FaultRegistry()) {
            registry.requestsPerToken = 10;
            registry.realm = "http://localhost:" + foreign.domain().replaceFirst(".*:", "") + "/token";
            JorchException refused = assertThrows(JorchException.class, () -> images.resolve(name(":v1"), ME));
            assertEquals(ErrorCode.FORBIDDEN, refused.code());
            assertEquals(List.of(), List.copyOf(foreign.seen));
        }
    }

    @Test
    void aRedirectToAnotherHostGoesWithoutAuthorization() throws IOException {
        try (FaultRegistry storage = new FaultRegistry()) {
            new SampleImage(storage);
            registry.basic = ME_HEADER;
            registry.blobRedirect = "http://" + storage.domain();
            images.pull(name(":v1"), "", ME, _ -> {
            });
            assertFalse(storage.seen.isEmpty());
            assertTrue(storage.seen.stream().allMatch(request -> request.authorization().isEmpty()));
        }
    }

    @Test
    void theCurrentDigestCostsOneHead() {
        RegistryClient client = new RegistryClient(QUICK);
        try (client) {
            ImageReference reference = ImageReference.parse(name(":v1"));
            assertEquals(sample.manifest.digest(), client.currentDigest(reference, RegistryCredential.ANONYMOUS, Optional.empty()));
            assertEquals(1, registry.seen.size());
            registry.digestHeader = false;
            assertEquals(sample.manifest.digest(),
                    client.currentDigest(reference, RegistryCredential.ANONYMOUS, Optional.of(sample.manifest.digest())));
            assertEquals(sample.manifest.digest(), client.currentDigest(reference, RegistryCredential.ANONYMOUS,
                    Optional.of(Digest.sha256(new byte[1]))));
        }
    }

    @Test
    void anInterruptCancelsAndWhatCameIsUsedByTheNextPull() throws Exception {
        registry.then(sample.upperBlob.digest().toString(), Fault.STALL, Fault.STALL, Fault.STALL, Fault.STALL, Fault.STALL);
        CountDownLatch lowerIsHere = new CountDownLatch(1);
        CompletableFuture<ImagePin> result = new CompletableFuture<>();
        Thread puller = Thread.ofVirtual().start(() -> {
            try {
                result.complete(images.pull(name(":v1"), "", RegistryCredential.ANONYMOUS, line -> {
                    if (line.equals(PullProgress.of(sample.lowerBlob.digest().shortHex(), "Pull complete"))) {
                        lowerIsHere.countDown();
                    }
                }));
            } catch (JorchException cancelled) {
                result.completeExceptionally(cancelled);
            }
        });
        lowerIsHere.await();
        puller.interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, result::get);
        assertEquals("cancelled", String.valueOf(failure.getCause()).replaceFirst(".*: ", ""));
        puller.join();
        assertEquals(List.of(), images.list(ImageFilter.ALL));
        try (FaultRegistry fresh = new FaultRegistry()) {
            new SampleImage(fresh);
            images.pull(fresh.domain() + "/a/b:v1", "", RegistryCredential.ANONYMOUS, _ -> {
            });
            assertEquals(0, fresh.count("GET", sample.lowerBlob.digest().toString()));
        }
    }

    @Test
    void anUnreachableRegistryIsTold() {
        registry.close();
        JorchException refused = assertThrows(JorchException.class, () -> pull(":v1"));
        assertEquals(ErrorCode.UNAVAILABLE, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("can't reach"), refused.getMessage());
    }

    @Test
    void anImageOfAnotherPlatformIsRefusedBeforeItsLayersCome() {
        assertEquals(ErrorCode.NOT_FOUND, assertThrows(JorchException.class, () -> images.pull(name(":v1"), "linux/s390x",
                RegistryCredential.ANONYMOUS, _ -> {
                })).code());
        assertEquals(0, registry.count("GET", sample.lowerBlob.digest().toString()));
    }
}
