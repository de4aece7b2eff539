package io.jorch.raft.tail;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.Member;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `jorch init --force-new-cluster`: makes this manager the only one, with all of the state that it still has.
///
/// The old Raft folder is copied aside first and stays untouched. Kept are the newest sound snapshot and the log after it
/// up to the first damage, entries included that had no majority yet. What others had committed and this member had not
/// received is lost: the user decides that by giving the command. The engine must not run.
public final class ForceNewCluster {

    private ForceNewCluster() {
    }

    /// @param saved     where the old folder was copied to
    /// @param lastIndex the last index that is left of the old log, −1 if nothing is
    /// @param dropped   bytes of log files that are not used any more (still in `saved`)
    public record Result(Path saved, long lastIndex, long dropped) {
    }

    /// @param directory `DATA/raft`
    /// @param self      this member, with the address it shall have from now on
    /// @throws JorchException `NOT_FOUND` if there is no log, `CORRUPT` if neither a sound snapshot nor the log's begin is
    ///                        left; nothing has been changed then
    public static Result run(Path directory, Member self) {
        try {
            Path group = group(directory);
            SnapshotOnDisk snapshot = SnapshotOnDisk.newestSound(group.resolve("sm"));
            List<SegmentFile> files = SegmentFile.list(group.resolve("current"));
            Plan plan = Plan.of(files, snapshot);
            Path saved = saveAside(directory);
            plan.carryOut(group, self);
            dropUnsoundSnapshots(group.resolve("sm"), snapshot);
            return new Result(saved, plan.lastIndex(), plan.dropped());
        } catch (IOException e) {
            throw new JorchException(ErrorCode.INTERNAL,
                    "can't make a new cluster of " + directory + ": " + JorchException.describe(e), e);
        }
    }

    private static Path group(Path directory) throws IOException {
        List<Path> groups = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
                for (Path entry : entries) {
                    if (isUuid(entry.getFileName().toString())) {
                        groups.add(entry);
                    }
                }
            }
        }
        if (groups.size() != 1) {
            throw new JorchException(ErrorCode.NOT_FOUND,
                    directory + " holds " + groups.size() + " Raft logs: there must be exactly one to go on with");
        }
        return groups.getFirst();
    }

    private static boolean isUuid(String name) {
        try {
            return UUID.fromString(name).toString().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Path saveAside(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        int number = 1;
        while (Files.exists(parent.resolve(directory.getFileName() + "-before-force-" + number))) {
            number++;
        }
        Path target = parent.resolve(directory.getFileName() + "-before-force-" + number);
        Path unfinished = parent.resolve(target.getFileName() + ".tmp");
        deleteTree(unfinished);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path from : all.toList()) {
                Path to = unfinished.resolve(directory.relativize(from).toString());
                Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
                if (Files.isRegularFile(to)) {
                    Durable.force(to);
                }
            }
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        Durable.force(parent);
        return target;
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void dropUnsoundSnapshots(Path folder, @Nullable SnapshotOnDisk sound) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "snapshot.*")) {
            for (Path path : paths) {
                if (sound == null || !path.getFileName().toString().startsWith(sound.path().getFileName().toString())) {
                    Files.delete(path);
                }
            }
        }
        Durable.force(folder);
    }

    /// What to keep, decided before anything is touched.
    ///
    /// @param kept      whole files to keep, in order
    /// @param cut       the file of which only the begin is kept, or null
    /// @param cutBytes  how much of it
    /// @param lastIndex last index kept, −1 if none
    /// @param lastTerm  its term
    /// @param removed   files not kept
    private record Plan(List<SegmentFile> kept, @Nullable SegmentFile cut, int cutBytes, long lastIndex, long lastTerm,
            List<SegmentFile> removed, long dropped) {

        static Plan of(List<SegmentFile> files, @Nullable SnapshotOnDisk snapshot) throws IOException {
            long last = snapshot == null ? LogRecord.NONE : snapshot.index();
            long term = snapshot == null ? LogRecord.NONE : snapshot.term();
            List<SegmentFile> kept = new ArrayList<>();
            List<SegmentFile> removed = new ArrayList<>();
            SegmentFile cut = null;
            int cutBytes = 0;
            long dropped = 0;
            boolean ended = false;
            for (SegmentFile file : files) {
                SegmentScan scan = SegmentScan.of(file);
                boolean follows = file.first() <= last + 1;
                boolean adds = scan.nextIndex() - 1 > last;
                if (ended || !follows || !adds) {
                    removed.add(file);
                    dropped += Files.size(file.path());
                    continue;
                }
                last = scan.nextIndex() - 1;
                term = scan.lastTerm();
                if (scan.damage() == null && !file.open()) {
                    kept.add(file);
                } else {
                    cut = file;
                    cutBytes = scan.goodBytes();
                    dropped += scan.damage() == null ? 0 : Files.size(file.path()) - scan.goodBytes();
                    ended = true;
                }
            }
            if (last < 0) {
                throw new JorchException(ErrorCode.CORRUPT, "neither a sound snapshot nor the begin of the log is left: "
                        + "restore a backup with `jorch restore`");
            }
            return new Plan(kept, cut, cutBytes, last, term, removed, dropped);
        }

        /// Ends with the record that makes `self` the sole member; the configuration that Ratis keeps beside the log goes.
        void carryOut(Path group, Member self) throws IOException {
            Path current = group.resolve("current");
            for (SegmentFile file : removed) {
                Files.delete(file.path());
            }
            byte[] sole = ConfigurationRecord.soleMember(Math.max(lastTerm, 1), lastIndex + 1, self);
            SegmentFile last = cut;
            if (last == null) {
                Durable.write(current.resolve(SegmentFile.openName(lastIndex + 1)), SegmentFile.HEADER, sole);
            } else {
                byte[] good = Arrays.copyOf(Files.readAllBytes(last.path()), cutBytes);
                Durable.write(current.resolve(SegmentFile.openName(last.first())), good, sole);
                if (!last.open()) {
                    Files.delete(last.path());
                }
            }
            Files.deleteIfExists(current.resolve("raft-meta.conf"));
            Durable.force(current);
        }
    }
}
