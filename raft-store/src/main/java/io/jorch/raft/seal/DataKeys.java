package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// The cluster's data keys: the current one seals, all of them open. Immutable.
///
/// With random nonces of 96 bits one key is good for 2^32 entries; [#rotated] makes a new one long before.
///
/// Encoded (for a manager that joins, and inside [KeyFile]): magic `JRDK`, version 1, number of keys (1 byte), then 32
/// bytes each, the current one first. **The encoding is the secret itself.**
///
/// @param all the current one first; at least one, at most 255
public record DataKeys(List<DataKey> all) {

    private static final int MAGIC = 0x4a52444b;
    private static final byte VERSION = 1;
    private static final int MOST = 255;

    public DataKeys {
        all = List.copyOf(all);
        if (all.isEmpty() || all.size() > MOST || all.stream().map(DataKey::id).distinct().count() != all.size()) {
            throw new IllegalArgumentException("1 to " + MOST + " different data keys are needed");
        }
    }

    public static DataKeys random() {
        return new DataKeys(List.of(DataKey.random()));
    }

    public DataKey current() {
        return all.getFirst();
    }

    /// A fresh current key; what the old ones sealed stays readable.
    public DataKeys rotated() {
        return new DataKeys(Stream.concat(Stream.of(DataKey.random()), all.stream()).limit(MOST).toList());
    }

    /// @throws JorchException `CORRUPT` if it isn't among them
    DataKey find(long id) {
        for (DataKey key : all) {
            if (key.id() == id) {
                return key;
            }
        }
        throw new JorchException(ErrorCode.CORRUPT, "the Raft log is sealed with data key "
                + HexFormat.of().toHexDigits(id) + ", which this manager does not have: remove it from the cluster and join "
                + "it again under a new id");
    }

    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + 2 + all.size() * DataKey.BYTES);
        out.putInt(MAGIC).put(VERSION).put((byte) all.size());
        all.forEach(key -> out.put(key.secret()));
        return out.array();
    }

    /// @throws JorchException `CORRUPT` if it isn't such an encoding, `UNSUPPORTED` if it is a later version
    public static DataKeys decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        Format.check(in, MAGIC, VERSION, "the data keys");
        int count = in.hasRemaining() ? in.get() & 0xff : 0;
        if (count == 0 || in.remaining() != count * DataKey.BYTES) {
            throw new JorchException(ErrorCode.CORRUPT, "the data keys have a wrong length");
        }
        List<DataKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] secret = new byte[DataKey.BYTES];
            in.get(secret);
            keys.add(DataKey.of(secret));
        }
        return new DataKeys(keys);
    }

    @Override
    public String toString() {
        return "DataKeys" + all;
    }
}
