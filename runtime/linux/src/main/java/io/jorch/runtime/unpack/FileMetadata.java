package io.jorch.runtime.unpack;

import io.jorch.images.unpack.EntryMetadata;
import io.jorch.images.unpack.LayerPath;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
import java.nio.ByteBuffer;
import java.time.Instant;

/// Sets owner, attributes, mode and time, in the order in which none undoes another: a change of owner clears set-id
/// bits and `security.capability`, and every change touches the time.
final class FileMetadata {
    private FileMetadata() {
    }

    /// Of a file or directory that is open for reading or writing.
    static void apply(Fd fd, LayerPath path, EntryMetadata metadata) {
        Kernel.call(Syscall.FCHOWN, "chown " + path, fd, metadata.uid(), metadata.gid());
        metadata.xattrs().forEach((name, value) -> attribute(fd, path, name, bytes(value)));
        Kernel.call(Syscall.FCHMOD, "chmod " + path, fd, metadata.mode());
        Kernel.call(Syscall.UTIMENSAT, "set time of " + path, fd, 0, times(metadata.modified()), 0);
    }

    /// Of a symlink, which has no mode.
    static void applyToLink(Fd in, LayerPath path, EntryMetadata metadata) {
        owner(in, path, metadata);
        time(in, path, metadata);
    }

    /// Of a device or a fifo, which must not be opened: that could block, or act on the device. Nothing but us sees the
    /// directory, so the name still means what was just made.
    static void applyToNode(Fd in, LayerPath path, EntryMetadata metadata) {
        owner(in, path, metadata);
        Kernel.call(Syscall.FCHMODAT, "chmod " + path, in, path.name(), metadata.mode());
        time(in, path, metadata);
    }

    /// One extended attribute of an open file or directory.
    static void attribute(Fd fd, LayerPath path, String name, byte[] value) {
        Kernel.call(Syscall.FSETXATTR, "set " + name + " of " + path, fd, name, NativeMemory.of(value), value.length,
                0);
    }

    private static void owner(Fd in, LayerPath path, EntryMetadata metadata) {
        Kernel.call(Syscall.FCHOWNAT, "chown " + path, in, path.name(), metadata.uid(), metadata.gid(),
                FdCalls.AT_SYMLINK_NOFOLLOW);
        // The file name behind the descriptor's own link: setxattr has no call relative to a directory before 6.13.
        metadata.xattrs().forEach((name, value) -> {
            byte[] content = bytes(value);
            Kernel.call(Syscall.LSETXATTR, "set " + name + " of " + path,
                    "/proc/self/fd/" + in.number() + "/" + path.name(), name, NativeMemory.of(content),
                    content.length, 0);
        });
    }

    private static void time(Fd in, LayerPath path, EntryMetadata metadata) {
        Kernel.call(Syscall.UTIMENSAT, "set time of " + path, in, path.name(), times(metadata.modified()),
                FdCalls.AT_SYMLINK_NOFOLLOW);
    }

    /// `struct timespec[2]`: of access and of change; the archive knows only the latter.
    private static NativeMemory times(Instant time) {
        return NativeMemory.allocate(32).putLong(0, time.getEpochSecond()).putLong(8, time.getNano())
                .putLong(16, time.getEpochSecond()).putLong(24, time.getNano());
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
