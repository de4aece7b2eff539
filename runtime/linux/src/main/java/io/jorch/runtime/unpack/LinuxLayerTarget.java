package io.jorch.runtime.unpack;

import io.jorch.images.unpack.DeviceNode;
import io.jorch.images.unpack.EntryMetadata;
import io.jorch.images.unpack.LayerPath;
import io.jorch.images.unpack.LayerTarget;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.linux.SyscallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A layer as overlayfs reads it (kernel documentation, filesystems/overlayfs): whiteouts are character devices 0/0,
/// opaque directories carry `trusted.overlay.opaque`.
///
/// Every name is opened from a descriptor of the layer's root by openat2(2) with `RESOLVE_BENEATH`, `NO_SYMLINKS`,
/// `NO_MAGICLINKS` and `NO_XDEV`: not one path of the archive is ever resolved from the host's root, so no link in it
/// can lead outside, whatever the order of its entries. Ids are written as the archive has them (0…65,535 as a rule);
/// the mount maps them to the service's range.
///
/// Used by one thread. Its failures are [SyscallException]s; a full disk is EXHAUSTED.
public final class LinuxLayerTarget implements LayerTarget {
    private static final long BENEATH = FdCalls.RESOLVE_BENEATH | FdCalls.RESOLVE_NO_SYMLINKS
            | FdCalls.RESOLVE_NO_MAGICLINKS | FdCalls.RESOLVE_NO_XDEV;

    private static final int S_IFIFO = 0010000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;
    private static final int PRIVATE_DIRECTORY = 0700;
    private static final int PRIVATE_FILE = 0600;
    private static final int BUFFER_BYTES = 128 << 10;

    private static final String OPAQUE = "trusted.overlay.opaque";

    private final Fd root;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final NativeMemory nativeBuffer = NativeMemory.allocate(BUFFER_BYTES);
    /// The last parent, since an archive's entries come directory by directory.
    private @Nullable LayerPath parentPath;
    private @Nullable Fd parent;

    private LinuxLayerTarget(Fd root) {
        this.root = root;
    }

    /// @param directory exists, is empty and belongs to the caller alone
    public static LinuxLayerTarget open(Path directory) {
        return new LinuxLayerTarget(
                FdCalls.open(directory, FdCalls.O_RDONLY | FdCalls.O_DIRECTORY | FdCalls.O_NOFOLLOW));
    }

    @Override
    public void directory(LayerPath path) {
        if (path.root()) {
            return;
        }
        Fd in = parentOf(path);
        long made = Kernel.tryCall(Syscall.MKDIRAT, in, path.name(), PRIVATE_DIRECTORY);
        if (made == -Errno.EEXIST.number() && !isDirectory(in, path.name())) {
            clear(in, path);
            made = Kernel.tryCall(Syscall.MKDIRAT, in, path.name(), PRIVATE_DIRECTORY);
        }
        if (made < 0 && made != -Errno.EEXIST.number()) {
            throw new SyscallException("mkdirat", (int) -made, "make directory " + path);
        }
    }

    private static boolean isDirectory(Fd in, String name) {
        long opened = Kernel.tryCall(Syscall.OPENAT, in, name,
                FdCalls.O_PATH | FdCalls.O_DIRECTORY | FdCalls.O_NOFOLLOW | FdCalls.O_CLOEXEC, 0);
        if (opened < 0) {
            return false;
        }
        Fd.adopt(opened).close();
        return true;
    }

    @Override
    public void metadata(LayerPath directory, EntryMetadata metadata) {
        try (Fd fd = openDirectory(directory, FdCalls.O_RDONLY)) {
            FileMetadata.apply(fd, directory, metadata);
        }
    }

    @Override
    public void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException {
        Fd in = parentOf(path);
        clear(in, path);
        int flags = FdCalls.O_WRONLY | FdCalls.O_CREAT | FdCalls.O_EXCL | FdCalls.O_NOFOLLOW;
        try (Fd fd = FdCalls.openAt2(in, path.name(), flags, PRIVATE_FILE, BENEATH)) {
            copy(content, fd, path);
            FileMetadata.apply(fd, path, metadata);
        }
    }

    private void copy(InputStream content, Fd fd, LayerPath path) throws IOException {
        int length = content.read(buffer);
        while (length >= 0) {
            nativeBuffer.putBytes(0, buffer, length);
            int done = 0;
            while (done < length) {
                done += (int) Kernel.call(Syscall.WRITE, "write " + path, fd, nativeBuffer.address() + done,
                        length - done);
            }
            length = content.read(buffer);
        }
    }

    @Override
    public void symlink(LayerPath path, EntryMetadata metadata, String text) {
        Fd in = parentOf(path);
        clear(in, path);
        Kernel.call(Syscall.SYMLINKAT, "make symlink " + path, text, in, path.name());
        FileMetadata.applyToLink(in, path, metadata);
    }

    @Override
    public void hardlink(LayerPath path, LayerPath existing) {
        // Two parents: this one is not the remembered one.
        try (Fd from = openDirectory(existing.parent(), FdCalls.O_PATH)) {
            Fd in = parentOf(path);
            clear(in, path);
            // Flags 0: of a symlink the link itself.
            Kernel.call(Syscall.LINKAT, "link " + path + " to " + existing, from, existing.name(), in, path.name(), 0);
        }
    }

    @Override
    public void device(LayerPath path, EntryMetadata metadata, DeviceNode device) {
        if (device.overlayWhiteout()) {
            throw new IllegalArgumentException(path + " would be a whiteout");
        }
        int type = switch (device.kind()) {
            case CHARACTER -> S_IFCHR;
            case BLOCK -> S_IFBLK;
        };
        node(path, metadata, type, FdCalls.device(device.major(), device.minor()));
    }

    @Override
    public void fifo(LayerPath path, EntryMetadata metadata) {
        node(path, metadata, S_IFIFO, 0);
    }

    private void node(LayerPath path, EntryMetadata metadata, int type, long device) {
        Fd in = parentOf(path);
        clear(in, path);
        FdCalls.makeNode(in, path.name(), type | PRIVATE_FILE, device);
        FileMetadata.applyToNode(in, path, metadata);
    }

    @Override
    public void whiteout(LayerPath path) {
        Fd in = parentOf(path);
        clear(in, path);
        FdCalls.makeNode(in, path.name(), S_IFCHR, 0);
    }

    @Override
    public void opaque(LayerPath directory) {
        try (Fd fd = openDirectory(directory, FdCalls.O_RDONLY)) {
            FileMetadata.attribute(fd, directory, OPAQUE, new byte[]{'y'});
        }
    }

    /// Removes the name if it stands for anything but a directory, so that nothing is ever written through it.
    private static void clear(Fd in, LayerPath path) {
        if (path.root()) {
            throw new IllegalArgumentException("the layer's root is a directory");
        }
        long removed = Kernel.tryCall(Syscall.UNLINKAT, in, path.name(), 0);
        if (removed < 0 && removed != -Errno.ENOENT.number()) {
            throw new SyscallException("unlinkat", (int) -removed, "replace " + path);
        }
    }

    private Fd parentOf(LayerPath path) {
        LayerPath wanted = path.parent();
        Fd known = parent;
        if (known != null && wanted.equals(parentPath)) {
            return known;
        }
        Fd opened = openDirectory(wanted, FdCalls.O_PATH);
        if (known != null) {
            known.close();
        }
        parent = opened;
        parentPath = wanted;
        return opened;
    }

    private Fd openDirectory(LayerPath path, int flags) {
        return FdCalls.openAt2(root, path.root() ? "." : path.value(),
                flags | FdCalls.O_DIRECTORY | FdCalls.O_NOFOLLOW, 0, BENEATH);
    }

    @Override
    public void finish() {
        Kernel.call(Syscall.SYNCFS, "sync the layer", root);
    }

    @Override
    public void close() {
        Fd known = parent;
        if (known != null) {
            known.close();
            parent = null;
            parentPath = null;
        }
        root.close();
    }
}
