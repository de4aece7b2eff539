package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.ExitUtils;

/// What must hold before Ratis is started, since it would say it worse: by ending the JVM, or not at all.
final class Preflight {

    private Preflight() {
    }

    /// Ratis installs an exit on any uncaught exception of any thread and on a failed bind. This process isn't its own.
    static void keepTheProcessAlive() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        ExitUtils.setTerminateOnUncaughtException(false);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    static void directory(Path directory, RaftGroupId own) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions
                .asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (isGroup(entry) && !entry.getFileName().toString().equals(own.getUuid().toString())) {
                    throw JorchException.conflict(directory + " holds the log of another cluster (" + entry.getFileName()
                            + "): use another data folder, or leave that cluster first");
                }
            }
        }
    }

    private static boolean isGroup(Path entry) {
        try {
            return Files.isDirectory(entry)
                    && UUID.fromString(entry.getFileName().toString()).toString().equals(entry.getFileName().toString());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void port(Member self) {
        InetAddress host;
        try {
            host = InetAddress.getByName(self.host());
        } catch (UnknownHostException e) {
            throw new JorchException(ErrorCode.INVALID, "the address " + self.address() + " has no such host: set the "
                    + "node's advertise address to one of its own addresses", e);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, self.port()));
        } catch (IOException e) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't listen on " + self.address() + ": "
                    + JorchException.describe(e) + "; free the port, or choose an address of this machine", e);
        }
    }
}
