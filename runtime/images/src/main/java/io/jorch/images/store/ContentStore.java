package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.MediaType;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.DiskFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Blobs by digest, as files `blobs/ALGORITHM/HEX` (image-spec, image-layout.md). A blob is there whole and verified or
/// not at all: it is received into `blobs/partial`, which is emptied when the store is opened.
///
/// Any thread may call any method; per digest there is one writer at a time.
public final class ContentStore {
    private static final int COPY_BYTES = 1 << 16;
    private static final String PARTIAL = "partial";

    private final Path blobs;
    private final Path partial;
    private final KeyedLocks<Digest> writers = new KeyedLocks<>();

    private ContentStore(Path blobs) {
        this.blobs = blobs;
        this.partial = blobs.resolve(PARTIAL);
    }

    /// @param blobs created if it isn't there
    public static ContentStore open(Path blobs) {
        try {
            DurableFiles.privateDirectory(blobs);
            for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
                Files.createDirectories(blobs.resolve(algorithm.toString()));
            }
            DurableFiles.removeTree(blobs.resolve(PARTIAL));
            Files.createDirectory(blobs.resolve(PARTIAL));
            return new ContentStore(blobs);
        } catch (IOException failure) {
            throw DiskFailure.of("open the blobs in " + blobs, failure);
        }
    }

    public boolean contains(Digest digest) {
        return Files.exists(file(digest));
    }

    /// In bytes; empty when the blob isn't there.
    public Optional<Long> size(Digest digest) {
        try {
            return Optional.of(Files.size(file(digest)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw DiskFailure.of("look at blob " + digest, failure);
        }
    }

    /// @throws JorchException NOT_FOUND
    public InputStream open(Digest digest) {
        try {
            return Files.newInputStream(file(digest));
        } catch (NoSuchFileException absent) {
            throw JorchException.notFound("blob", digest.toString());
        } catch (IOException failure) {
            throw DiskFailure.of("open blob " + digest, failure);
        }
    }

    /// A manifest, index or configuration, verified again as it is read.
    ///
    /// @throws JorchException CORRUPT, NOT_FOUND
    public byte[] document(Digest digest) {
        try (InputStream input = open(digest)) {
            byte[] content = input.readNBytes(ImageDocuments.MAX_BYTES + 1);
            if (content.length > ImageDocuments.MAX_BYTES || !digest.of(content).equals(digest)) {
                throw new JorchException(ErrorCode.CORRUPT,
                        "blob " + digest + " is damaged on disk: remove the image and pull it again");
            }
            return content;
        } catch (IOException failure) {
            throw DiskFailure.of("read blob " + digest, failure);
        }
    }

    /// Stores a document made here.
    public Descriptor put(MediaType type, byte[] content) {
        Descriptor descriptor = Descriptor.of(type, content);
        put(descriptor, content);
        return descriptor;
    }

    /// Stores a document that was received.
    ///
    /// @throws JorchException CORRUPT when it is not what the descriptor says
    public void put(Descriptor descriptor, byte[] content) {
        try (Ingest ingest = begin(descriptor.digest(), descriptor.size())) {
            if (!ingest.complete()) {
                ingest.restart();
                ingest.write(content, 0, content.length);
                ingest.commit();
            }
        }
    }

    /// Stores a blob whose digest isn't known before.
    ///
    /// @param lease holds it from before it is visible
    /// @return its digest and size
    public Stored put(InputStream content, Leases.Lease lease) {
        Path temporary = partial.resolve("new-" + java.util.UUID.randomUUID());
        try {
            MessageDigest hash = Digest.Algorithm.SHA256.newDigest();
            long size = 0;
            try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(temporary,
                    java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE);
                    OutputStream output = java.nio.channels.Channels.newOutputStream(channel)) {
                byte[] buffer = new byte[COPY_BYTES];
                for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
                    Cancellation.check();
                    hash.update(buffer, 0, read);
                    output.write(buffer, 0, read);
                    size += read;
                }
                channel.force(true);
            }
            Digest digest = Digest.Algorithm.SHA256.finish(hash);
            lease.hold(digest);
            try (KeyedLocks.Held _ = writers.lock(digest)) {
                boolean added = !contains(digest);
                if (added) {
                    DurableFiles.publish(temporary, file(digest));
                }
                return new Stored(digest, size, added);
            }
        } catch (ClosedByInterruptException interrupted) {
            throw Cancellation.cancelled();
        } catch (IOException failure) {
            throw DiskFailure.of("store a blob", failure);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /// A source that breaks is not the disk's fault.
    private static int read(InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            Cancellation.check();
            throw new JorchException(ErrorCode.CORRUPT, "the input broke off: " + JorchException.describe(broken), broken);
        }
    }

    /// @param size in bytes
    /// @param added false: it was there already
    public record Stored(Digest digest, long size, boolean added) {
    }

    /// Begins to receive a blob, or to go on where an earlier attempt of this process ended. Waits while somebody else
    /// receives the same one; if that succeeded, the answer is [Ingest#complete].
    public Ingest begin(Digest digest, long size) {
        KeyedLocks.Held held = writers.lock(digest);
        try {
            return new Ingest(digest, size, partial.resolve(digest.algorithm() + "-" + digest.hex()), file(digest), held);
        } catch (IOException failure) {
            held.close();
            throw DiskFailure.of("store blob " + digest, failure);
        }
    }

    /// For the collector only.
    long delete(Digest digest) {
        long size = size(digest).orElse(0L);
        try {
            Files.deleteIfExists(file(digest));
        } catch (IOException failure) {
            throw DiskFailure.of("delete blob " + digest, failure);
        }
        return size;
    }

    List<Digest> all() {
        List<Digest> digests = new ArrayList<>();
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            try (Stream<Path> files = Files.list(blobs.resolve(algorithm.toString()))) {
                files.forEach(file -> Digest.find(algorithm + ":" + file.getFileName()).ifPresent(digests::add));
            } catch (IOException failure) {
                throw DiskFailure.of("list blobs", failure);
            }
        }
        return digests;
    }

    private Path file(Digest digest) {
        return blobs.resolve(digest.algorithm().toString()).resolve(digest.hex());
    }

    /// A new file for something that is not a blob yet; the next start of the store removes it if the caller doesn't.
    public Path scratchFile() {
        return partial.resolve("scratch-" + java.util.UUID.randomUUID());
    }

    /// The file of a blob that is there, to be read only.
    public Path path(Digest digest) {
        return file(digest);
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException leftBehind) {
            // The next start of the store removes it.
            org.slf4j.LoggerFactory.getLogger(ContentStore.class).warn("msg=\"can't delete\" file={} error=\"{}\"",
                    temporary, JorchException.describe(leftBehind));
        }
    }
}
