package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.EntryMetadata;
import io.jorch.images.unpack.LayerPath;
import io.jorch.images.unpack.LayerTarget;
import io.jorch.images.unpack.UnpackReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Unpacks some layers of one image at the same time, and publishes them lowest first. The calling thread holds the
/// locks of all of them.
final class ParallelUnpack {
    /// Unpacking is bound by the CPU (inflate) and the disk; more at once only costs memory.
    private static final int AT_ONCE = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);

    private final LayerStore store;
    private final List<LayerBlob> image;
    private final Semaphore slots = new Semaphore(AT_ONCE);

    ParallelUnpack(LayerStore store, List<LayerBlob> image) {
        this.store = store;
        this.image = image;
    }

    void run(List<LayerBlob> missing) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("jorch-unpack-", 0).factory())) {
            List<Future<?>> running = new ArrayList<>();
            CompletableFuture<Void> below = CompletableFuture.completedFuture(null);
            for (LayerBlob layer : missing) {
                CompletableFuture<Void> waitFor = below;
                CompletableFuture<Void> done = new CompletableFuture<>();
                running.add(threads.submit(() -> {
                    try {
                        unpack(layer, waitFor);
                        done.complete(null);
                    } catch (RuntimeException failure) {
                        done.completeExceptionally(failure);
                        throw failure;
                    }
                }));
                below = done;
            }
            try {
                // A higher layer that fails is noticed once the lower ones are through: none of them is wasted.
                for (Future<?> each : running) {
                    each.get();
                }
            } catch (ExecutionException failure) {
                running.forEach(each -> each.cancel(true));
                throw failure.getCause() instanceof JorchException known
                        ? known
                        : new JorchException(ErrorCode.INTERNAL, "unpacking a layer failed", failure.getCause());
            } catch (InterruptedException | CancellationException interrupted) {
                running.forEach(each -> each.cancel(true));
                throw Cancellation.cancelled();
            }
        }
    }

    private void unpack(LayerBlob layer, CompletableFuture<Void> below) {
        try {
            slots.acquire();
        } catch (InterruptedException interrupted) {
            throw Cancellation.cancelled();
        }
        boolean holding = true;
        Path temporary = null;
        try {
            temporary = store.temporary();
            Path root = Files.createDirectory(temporary.resolve("fs"));
            Files.setAttribute(root, "unix:mode", 0755);
            try (LayerTarget target = store.targets().open(root)) {
                UnpackReport report = unpackInto(layer, target);
                slots.release();
                holding = false;
                below.get();
                inherit(target, layer, report.implicitDirectories());
                target.finish();
                DurableFiles.replace(temporary.resolve("info.new"), temporary.resolve("info"),
                        new LayerInfo(layer.diffId(), report.fileBytes()).write());
            }
            store.publish(temporary, layer.chainId());
        } catch (IOException failure) {
            throw DiskFailure.of("unpack layer " + layer.diffId(), failure);
        } catch (InterruptedException | ExecutionException | CancellationException stopped) {
            // The lower layer's own failure is what the caller reports.
            throw Cancellation.cancelled();
        } finally {
            if (holding) {
                slots.release();
            }
            if (temporary != null) {
                remove(temporary);
            }
        }
    }

    private UnpackReport unpackInto(LayerBlob layer, LayerTarget target) throws IOException {
        try (InputStream blob = store.contents().open(layer.blob())) {
            return store.unpacker().unpack(blob, target, Optional.of(layer.diffId()));
        }
    }

    private static void remove(Path temporary) {
        boolean interrupted = Thread.interrupted();
        try {
            DurableFiles.removeTree(temporary);
        } catch (IOException failure) {
            throw DiskFailure.of("remove " + temporary, failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Overlayfs shows a directory with the metadata of the highest layer that has it.
    private void inherit(LayerTarget target, LayerBlob layer, List<LayerPath> directories) throws IOException {
        for (LayerPath directory : directories) {
            Optional<EntryMetadata> lower = lower(layer.chainId(), directory);
            target.metadata(directory, lower.orElse(EntryMetadata.IMPLICIT_DIRECTORY));
        }
    }

    private Optional<EntryMetadata> lower(Digest chainId, LayerPath directory) throws IOException {
        int position = image.stream().map(LayerBlob::chainId).toList().indexOf(chainId);
        for (int i = position - 1; i >= 0; i--) {
            Path root = store.root(image.get(i).chainId());
            Path file = root;
            boolean hidden = false;
            for (String component : directory.components()) {
                file = file.resolve(component);
                // A file, symlink or whiteout on the way hides what is further down.
                hidden |= Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
            }
            if (hidden) {
                return Optional.empty();
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(metadata(file));
            }
        }
        return Optional.empty();
    }

    private static EntryMetadata metadata(Path directory) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(directory, "unix:mode,uid,gid,lastModifiedTime",
                LinkOption.NOFOLLOW_LINKS);
        return new EntryMetadata((Integer) attributes.get("mode") & 07777,
                Integer.toUnsignedLong((Integer) attributes.get("uid")),
                Integer.toUnsignedLong((Integer) attributes.get("gid")),
                ((FileTime) attributes.get("lastModifiedTime")).toInstant(), Map.of());
    }
}
