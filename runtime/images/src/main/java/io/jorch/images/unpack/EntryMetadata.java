package io.jorch.images.unpack;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/// Who owns a file and how, as the archive says and [EntryPolicy] allows.
///
/// @param mode the low twelve bits: setuid, setgid, sticky and permissions
/// @param uid,gid inside the image: 0 to 4294967294
/// @param xattrs full names (`security.capability`, `user.…`, `system.posix_acl_…`) to values; set after the owner,
///        because a change of owner clears `security.capability`
public record EntryMetadata(int mode, long uid, long gid, Instant modified, Map<String, ByteBuffer> xattrs) {
    /// For a directory that the archive uses but does not hold.
    public static final EntryMetadata IMPLICIT_DIRECTORY = new EntryMetadata(0755, 0, 0, Instant.EPOCH, Map.of());

    public EntryMetadata {
        if ((mode & ~07777) != 0 || uid < 0 || uid > 0xfffffffeL || gid < 0 || gid > 0xfffffffeL) {
            throw new IllegalArgumentException("mode " + Integer.toOctalString(mode) + " uid " + uid + " gid " + gid);
        }
        xattrs = Map.copyOf(xattrs);
    }
}
