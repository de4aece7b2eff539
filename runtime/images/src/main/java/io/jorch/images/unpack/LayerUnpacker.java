package io.jorch.images.unpack;

import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.UnpackException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Unpacks one layer (image-spec, layer.md) and trusts nothing in it. Whatever an archive tries, nothing is written
/// outside of the target, nothing through a symlink, and no node or attribute that would steer the kernel.
///
/// Has no state: one may serve many threads.
public final class LayerUnpacker {
    /// The latest time that ext4 holds: 34 bits of seconds.
    private static final Instant LATEST = Instant.ofEpochSecond((1L << 34) - (1L << 31) - 1);

    private final UnpackLimits limits;

    public LayerUnpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    /// @param compressed plain, gzip or zstd; read to its end, not closed
    /// @param target neither finished nor closed here: that is the caller's, who also throws the tree away on failure
    /// @param expected the layer's diff_id; empty: whatever comes
    /// @throws UnpackException for all that is wrong with the archive or the disk
    public UnpackReport unpack(InputStream compressed, LayerTarget target, Optional<Digest> expected) {
        LayerTree tree = new LayerTree(target);
        GuardedTar tar = new GuardedTar(compressed,
                expected.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256), limits);
        Run run = new Run(tree, tar);
        try {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                run.place(entry);
            }
            Digest diffId = tar.finish();
            if (expected.isPresent() && !expected.get().equals(diffId)) {
                throw new UnpackException(Reason.DIGEST_MISMATCH, "the layer is " + diffId + " when uncompressed, but "
                        + "the image's configuration says " + expected.get());
            }
            tree.finish();
            List<LayerPath> implicit = new ArrayList<>(tree.implicitDirectories());
            if (tree.rootIsImplicit()) {
                implicit.addFirst(LayerPath.ROOT);
            }
            return new UnpackReport(diffId, tar.bytes(), run.fileBytes, tar.entries(), implicit);
        } catch (SourceException source) {
            throw GuardedTar.malformed(source);
        } catch (ClosedByInterruptException interrupted) {
            throw Cancellation.cancelled();
        } catch (IOException failure) {
            Reason reason = DiskFailure.diskFull(failure) ? Reason.DISK_FULL : Reason.WRITE_FAILED;
            throw new UnpackException(reason, reason == Reason.DISK_FULL
                    ? "the disk is full: free space or prune images"
                    : "unpacking a layer failed: " + JorchException.describe(failure), failure);
        }
    }

    /// One pass over an archive.
    private final class Run {
        private final LayerTree tree;
        private final GuardedTar tar;
        private long fileBytes;

        Run(LayerTree tree, GuardedTar tar) {
            this.tree = tree;
            this.tar = tar;
        }

        void place(TarArchiveEntry entry) throws IOException {
            switch (EntryName.parse(entry.getName(), limits)) {
                case EntryName.Item(LayerPath path) -> item(path, entry, metadata(entry, tar));
                case EntryName.Whiteout(LayerPath path) -> {
                    requireMarker(entry);
                    tree.whiteout(path);
                }
                case EntryName.Opaque(LayerPath directory) -> {
                    requireMarker(entry);
                    tree.opaque(directory);
                }
                case EntryName.Bookkeeping() -> drain(tar);
            }
        }

        private void item(LayerPath path, TarArchiveEntry entry, EntryMetadata metadata) throws IOException {
            if (entry.isSparse()) {
                throw unsupported(entry, "is a sparse file");
            }
            // The link flag decides, not what the name ends with: TarArchiveEntry.isDirectory mixes the two.
            byte type = entry.getLinkFlag();
            boolean oldDirectory = type == TarConstants.LF_OLDNORM && entry.getName().endsWith("/");
            if (type != TarConstants.LF_NORMAL && (type != TarConstants.LF_OLDNORM || oldDirectory)
                    && entry.getSize() > 0) {
                throw unsupported(entry, "has content but is no regular file");
            }
            switch (oldDirectory ? TarConstants.LF_DIR : type) {
                case TarConstants.LF_DIR -> tree.directory(path, metadata);
                case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                    if (entry.getName().endsWith("/")) {
                        throw new UnpackException(Reason.BAD_NAME,
                                "'" + EntryName.shown(entry.getName()) + "' is a file with a directory's name");
                    }
                    fileBytes += entry.getSize();
                    tree.other(path, target -> target.file(path, metadata, tar.content()));
                }
                case TarConstants.LF_SYMLINK -> {
                    String text = linkText(entry);
                    tree.other(path, target -> target.symlink(path, metadata, text));
                }
                case TarConstants.LF_LINK -> tree.hardlink(path, linked(entry));
                case TarConstants.LF_CHR, TarConstants.LF_BLK -> {
                    DeviceNode device = device(entry);
                    tree.other(path, target -> target.device(path, metadata, device));
                }
                case TarConstants.LF_FIFO -> tree.other(path, target -> target.fifo(path, metadata));
                default -> throw unsupported(entry, "has the unknown type " + (type & 0xff));
            }
        }

        private LayerPath linked(TarArchiveEntry entry) {
            if (entry.getLinkName().isEmpty()) {
                throw new UnpackException(Reason.BAD_LINK, "'" + EntryName.shown(entry.getName()) + "' links to nothing");
            }
            return EntryName.path(entry.getLinkName(), limits);
        }
    }

    private static String linkText(TarArchiveEntry entry) {
        String text = entry.getLinkName();
        if (text.isEmpty() || text.indexOf('\ufffd') >= 0) {
            throw new UnpackException(Reason.BAD_LINK,
                    "'" + EntryName.shown(entry.getName()) + "' is a symlink to nothing, or to what is not UTF-8");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > UnpackLimits.PATH_BYTES) {
            throw new UnpackException(Reason.LIMIT,
                    "'" + EntryName.shown(entry.getName()) + "' is a symlink to more than 4095 bytes");
        }
        return text;
    }

    private static DeviceNode device(TarArchiveEntry entry) {
        DeviceNode device = new DeviceNode(entry.getLinkFlag() == TarConstants.LF_BLK
                ? DeviceNode.Kind.BLOCK
                : DeviceNode.Kind.CHARACTER, entry.getDevMajor(), entry.getDevMinor());
        if (!EntryPolicy.allows(device)) {
            throw new UnpackException(Reason.DEVICE_FORBIDDEN, "'" + EntryName.shown(entry.getName())
                    + "' is a device node (" + device.major() + ":" + device.minor() + ") that no image may bring");
        }
        return device;
    }

    private static EntryMetadata metadata(TarArchiveEntry entry, GuardedTar tar) {
        Map<String, ByteBuffer> xattrs = new HashMap<>();
        tar.xattrs().forEach((name, value) -> {
            switch (EntryPolicy.decide(name)) {
                case SET -> xattrs.put(name, value);
                case LEAVE_OUT -> {
                }
                case REFUSE -> throw new UnpackException(Reason.XATTR_FORBIDDEN,
                        "'" + EntryName.shown(entry.getName()) + "' has the xattr " + EntryName.shown(name)
                                + ", which no image may bring");
            }
        });
        Instant modified = entry.getLastModifiedTime().toInstant();
        Instant clamped = modified.isBefore(Instant.EPOCH) ? Instant.EPOCH : modified.isAfter(LATEST) ? LATEST : modified;
        try {
            return new EntryMetadata(entry.getMode() & 07777, entry.getLongUserId(), entry.getLongGroupId(), clamped, xattrs);
        } catch (IllegalArgumentException outOfRange) {
            throw new UnpackException(Reason.MALFORMED, "'" + EntryName.shown(entry.getName())
                    + "' has an owner outside of 0 to 4294967294", outOfRange);
        }
    }

    private static void requireMarker(TarArchiveEntry entry) {
        boolean file = entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
        if (!file || entry.getSize() != 0 || entry.getName().endsWith("/")) {
            throw new UnpackException(Reason.BAD_WHITEOUT,
                    "'" + EntryName.shown(entry.getName()) + "' is a whiteout but no empty file");
        }
    }

    private static void drain(GuardedTar tar) throws IOException {
        try (InputStream content = tar.content()) {
            content.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private static UnpackException unsupported(TarArchiveEntry entry, String problem) {
        return new UnpackException(Reason.UNSUPPORTED_ENTRY, "'" + EntryName.shown(entry.getName()) + "' " + problem);
    }
}
