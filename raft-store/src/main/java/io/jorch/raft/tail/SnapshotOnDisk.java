package io.jorch.raft.tail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A snapshot file, `sm/snapshot.TERM_INDEX`, that matches the MD5 in `snapshot.TERM_INDEX.md5`.
record SnapshotOnDisk(Path path, long term, long index) {

    private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d+)_(\\d+)");
    private static final int MD5_DIGITS = 32;

    /// Null if there is none.
    static @Nullable SnapshotOnDisk newestSound(Path folder) throws IOException {
        SnapshotOnDisk newest = null;
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "snapshot.*")) {
            for (Path path : paths) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    SnapshotOnDisk found = new SnapshotOnDisk(path, Long.parseLong(name.group(1)),
                            Long.parseLong(name.group(2)));
                    if ((newest == null || newest.index < found.index) && found.sound()) {
                        newest = found;
                    }
                }
            }
        }
        return newest;
    }

    /// Of all snapshots, sound or not; [LogRecord#NONE] if there is none.
    static long newestIndex(Path folder) throws IOException {
        long newest = LogRecord.NONE;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "snapshot.*")) {
                for (Path path : paths) {
                    Matcher name = NAME.matcher(path.getFileName().toString());
                    newest = name.matches() ? Math.max(newest, Long.parseLong(name.group(2))) : newest;
                }
            }
        }
        return newest;
    }

    private boolean sound() throws IOException {
        Path digestFile = Path.of(path + ".md5");
        if (!Files.exists(digestFile)) {
            return false;
        }
        String stored = Files.readString(digestFile, StandardCharsets.ISO_8859_1);
        return stored.length() >= MD5_DIGITS && stored.substring(0, MD5_DIGITS).equalsIgnoreCase(md5());
    }

    private String md5() throws IOException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), md5)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
