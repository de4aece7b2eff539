package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/// The snapshots of one member: `sm/snapshot.TERM_INDEX`, each with its MD5 beside it (what Ratis sends and checks).
///
/// A snapshot appears whole or not at all: temp file, fsync, MD5 file, fsync, rename, fsync of the folder. The newest one
/// is remembered, also when there is none: Ratis asks for it on its write path.
final class SnapshotFiles implements StateMachineStorage {

    private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final String TEMPORARY = ".tmp";

    /// Writes one snapshot's bytes.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private volatile @Nullable Path folder;
    private volatile @Nullable SingleFileSnapshotInfo newest;

    @Override
    public void init(RaftStorage storage) throws IOException {
        Path directory = storage.getStorageDir().getStateMachineDir().toPath();
        Files.createDirectories(directory);
        folder = directory;
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "*" + TEMPORARY)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        newest = all().stream().findFirst().orElse(null);
    }

    /// After Ratis has put a leader's snapshot in place: makes it durable before any later entry builds on it.
    void adoptInstalled() throws IOException {
        List<SingleFileSnapshotInfo> found = all();
        if (!found.isEmpty()) {
            force(found.getFirst().getFile().getPath());
            force(MD5FileUtil.getDigestFileForFile(found.getFirst().getFile().getPath().toFile()).toPath());
            force(directory());
            force(directory().getParent());
        }
        newest = found.stream().findFirst().orElse(null);
    }

    void write(TermIndex at, Content content) throws IOException {
        Path target = directory().resolve("snapshot." + at.getTerm() + "_" + at.getIndex());
        Path temporary = Path.of(target + TEMPORARY);
        MessageDigest md5 = MD5FileUtil.newMD5();
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(
                        new DigestOutputStream(Channels.newOutputStream(channel), md5), 64 << 10);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            MD5Hash digest = MD5Hash.newInstance(md5.digest());
            writeDigest(target, digest);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(directory());
            newest = new SingleFileSnapshotInfo(new FileInfo(target, digest), at);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /// The format of `md5sum`, which Ratis reads.
    private void writeDigest(Path target, MD5Hash digest) throws IOException {
        Path file = MD5FileUtil.getDigestFileForFile(target.toFile()).toPath();
        byte[] line = (digest + " *" + target.getFileName() + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// @throws JorchException `CORRUPT` if the file isn't what was written
    void verify(SingleFileSnapshotInfo snapshot) throws IOException {
        Path path = snapshot.getFile().getPath();
        MD5Hash expected = snapshot.getFile().getFileDigest();
        if (expected == null || !expected.equals(MD5FileUtil.computeMd5ForFile(path.toFile()))) {
            throw new JorchException(ErrorCode.CORRUPT, "snapshot " + path + " does not match its checksum: remove this "
                    + "manager from the cluster, wipe its data folder and join it again under a new id");
        }
    }

    @Override
    public @Nullable SingleFileSnapshotInfo getLatestSnapshot() {
        return newest;
    }

    @Override
    public void format() {
        // A new folder is empty as it is.
    }

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        List<SingleFileSnapshotInfo> all = all();
        int kept = Math.max(1, policy.getNumSnapshotsRetained());
        for (SingleFileSnapshotInfo old : all.subList(Math.min(kept, all.size()), all.size())) {
            Path path = old.getFile().getPath();
            Files.deleteIfExists(path);
            Files.deleteIfExists(MD5FileUtil.getDigestFileForFile(path.toFile()).toPath());
        }
    }

    /// Newest first.
    private List<SingleFileSnapshotInfo> all() throws IOException {
        List<SingleFileSnapshotInfo> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory(), "snapshot.*")) {
            for (Path path : paths) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    MD5Hash digest = MD5FileUtil.readStoredMd5ForFile(path.toFile());
                    found.add(new SingleFileSnapshotInfo(new FileInfo(path, digest),
                            Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
                }
            }
        }
        found.sort(Comparator.comparingLong(SingleFileSnapshotInfo::getIndex).reversed());
        return found;
    }

    private Path directory() {
        Path directory = folder;
        if (directory == null) {
            throw new IllegalStateException("init comes first");
        }
        return directory;
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
