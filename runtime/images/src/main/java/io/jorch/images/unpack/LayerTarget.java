package io.jorch.images.unpack;

import java.io.IOException;
import java.io.InputStream;

/// Where a layer is unpacked to: one directory tree, written by one thread.
///
/// All paths are relative to the layer's root. An implementation resolves them without following a symlink in any
/// component, the last included, and fails if a parent is not a directory: the unpacker has created every parent
/// before by [#directory]. Each method replaces a non-directory that is already there, by removing its name first and
/// never by writing through it.
///
/// Failures are [IOException] or [io.jorch.api.error.JorchException]; a full disk is a `FileSystemException`, an
/// IOException whose message has "No space left on device", or a JorchException EXHAUSTED. After any failure the whole
/// tree is thrown away by the caller.
public interface LayerTarget extends AutoCloseable {
    /// Creates the directory, owned by root, unless there is one, in which case nothing changes. Where layers are
    /// stacked [#metadata] follows for each directory; where they are unpacked on top of each other not for those that
    /// no archive holds, so there the mode is 0755.
    void directory(LayerPath path) throws IOException;

    /// Sets a directory's owner, mode, xattrs and time. Called once the directory's content is complete.
    void metadata(LayerPath directory, EntryMetadata metadata) throws IOException;

    /// Creates a regular file. Owner first, then xattrs, mode and time.
    ///
    /// @param content to be read to its end
    void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException;

    /// @param text what the link says, unchanged; it is never resolved. Its mode is not set.
    void symlink(LayerPath path, EntryMetadata metadata, String text) throws IOException;

    /// @param existing something other than a directory that this layer made before; if it is a symlink the link itself
    ///        is meant
    void hardlink(LayerPath path, LayerPath existing) throws IOException;

    void device(LayerPath path, EntryMetadata metadata, DeviceNode device) throws IOException;

    void fifo(LayerPath path, EntryMetadata metadata) throws IOException;

    /// Hides what lower layers have at this path: overlayfs' `c 0 0`, or by deletion when layers are unpacked on top of
    /// each other. The unpacker never calls it for a path that this layer has made.
    void whiteout(LayerPath path) throws IOException;

    /// Hides all that lower layers have in this directory, which exists: overlayfs' `trusted.overlay.opaque=y`, or by
    /// deletion of what this layer didn't make. May come before or after the directory's own entries.
    void opaque(LayerPath directory) throws IOException;

    /// Ends a layer that is complete: all of it must survive a power cut once this returns (`syncfs`), as far as the
    /// implementation promises it.
    void finish() throws IOException;

    /// Releases what was opened. It doesn't remove anything.
    @Override
    void close() throws IOException;

    /// Opens targets; the composition root chooses the implementation.
    interface Factory {
        /// @param directory exists, is empty and belongs to the caller alone; it becomes the layer's root
        LayerTarget open(java.nio.file.Path directory) throws IOException;
    }
}
