package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The file of a listening unix socket. It is bound in a folder that only its owner may enter and moved to its place
/// with its permissions already set: nobody can connect in between, and an old file is replaced in one step.
final class SocketFile {
    /// `sockaddr_un` has room for 107 bytes (unix(7)).
    private static final int LONGEST_PATH = 107;

    private final Path place;
    private final Path nursery;
    private @Nullable Object key;

    /// @throws JorchException CONFLICT when somebody answers there; INVALID when the path is too long or no socket
    SocketFile(Path place) {
        this.place = place.toAbsolutePath();
        this.nursery = this.place.resolveSibling("." + this.place.getFileName() + ".new");
        if (binding().toString().length() > LONGEST_PATH) {
            throw JorchException.invalid("socket", place + " is longer than a unix socket's path may be ("
                    + LONGEST_PATH + " bytes): choose a shorter one");
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && answers()) {
            throw JorchException.conflict("socket " + place
                    + " is served by another daemon: stop it, or choose another socket");
        }
    }

    /// Where to bind.
    Path binding() {
        return nursery.resolve("s");
    }

    void prepare() throws IOException {
        clean();
        Files.createDirectory(nursery, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// After binding: mode 0660, owner and group as the process (root), at its place.
    void publish() throws IOException {
        Files.setPosixFilePermissions(binding(), PosixFilePermissions.fromString("rw-rw----"));
        Files.move(binding(), place, StandardCopyOption.ATOMIC_MOVE);
        key = key();
        clean();
    }

    /// Takes the file away if it is still the one that was published.
    void remove() throws IOException {
        clean();
        if (key != null && Files.exists(place, LinkOption.NOFOLLOW_LINKS) && key.equals(key())) {
            Files.delete(place);
        }
    }

    private Object key() throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    private void clean() throws IOException {
        Files.deleteIfExists(binding());
        Files.deleteIfExists(nursery);
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(place));
        } catch (IOException refused) {
            if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(place)) {
                throw new JorchException(ErrorCode.INVALID, "socket: " + place
                        + " is a file or folder, no socket: remove it, or choose another path", refused);
            }
            return false;
        }
    }
}
