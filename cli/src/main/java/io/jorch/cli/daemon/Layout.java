package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where a daemon's files are (`docs/layout.md`). Everything under `data` outlives a reboot, nothing under `run` does.
///
/// @param data 0700: `node`, `raft`, `images`, `tasks`, `volumes`
/// @param run 0700: `shims`, `netns`, `secrets`
/// @param socket the control API
public record Layout(Path data, Path run, Path socket) {
    private static final Path DEFAULT_DATA = Path.of("/var/lib/jorch");
    private static final Path DEFAULT_RUN = Path.of("/run/jorch");
    /// `sun_path` of unix(7) without its closing zero.
    private static final int LONGEST_SOCKET_PATH = 107;

    public static Layout of(Settings settings) {
        Path data = Path.of(settings.value("data-dir")).toAbsolutePath().normalize();
        Path run = settings.value("run-dir").isEmpty()
                ? defaultRun(data)
                : Path.of(settings.value("run-dir")).toAbsolutePath().normalize();
        Path socket = settings.value("socket").isEmpty()
                ? run.resolve("jorch.sock")
                : Path.of(settings.value("socket").replaceFirst("^unix://", "")).toAbsolutePath().normalize();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw JorchException.invalid("socket",
                    socket + " is longer than " + LONGEST_SOCKET_PATH + " bytes: choose a shorter --socket");
        }
        return new Layout(data, run, socket);
    }

    /// Several daemons on one machine differ in their data folders, and so in their run folders.
    private static Path defaultRun(Path data) {
        return data.equals(DEFAULT_DATA) ? DEFAULT_RUN : DEFAULT_RUN.resolve(shortHash(data.toString()));
    }

    private static String shortHash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException impossible) {
            throw new JorchException(ErrorCode.INTERNAL, "this Java has no SHA-256", impossible);
        }
    }

    public Path node() {
        return data.resolve("node");
    }

    public Path raft() {
        return data.resolve("raft");
    }

    public Path images() {
        return data.resolve("images");
    }

    public Path tasks() {
        return data.resolve("tasks");
    }

    public Path volumes() {
        return data.resolve("volumes");
    }

    public Path shims() {
        return run.resolve("shims");
    }

    public Path netns() {
        return run.resolve("netns");
    }

    /// Makes the folders, each for root only.
    public void create() {
        for (Path folder : new Path[]{data, node(), raft(), images(), tasks(), volumes(), run, shims(), netns()}) {
            try {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException failure) {
                throw new JorchException(ErrorCode.UNAVAILABLE, "can't make folder " + folder + ": "
                        + JorchException.describe(failure) + ". Choose another --data-dir or --run-dir", failure);
            }
        }
    }
}
