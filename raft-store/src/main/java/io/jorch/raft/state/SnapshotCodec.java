package io.jorch.raft.state;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.api.object.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// A whole state as bytes, the same on every replica: magic `JS`, version (1 byte), index (8 bytes),
/// count of keys (4), each key's index (8) and text (2 + n), count of objects (4), each object's length (4) and JSON;
/// kinds in the order of [StoredObject.Kind], ids in order. Numbers are big endian.
final class SnapshotCodec {
    private static final byte VERSION = 1;

    private SnapshotCodec() {
    }

    static byte[] encode(ClusterState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte('J');
            out.writeByte('S');
            out.writeByte(VERSION);
            out.writeLong(state.index());
            out.writeInt(state.keys().all().size());
            for (Map.Entry<Long, String> key : state.keys().all().entrySet()) {
                out.writeLong(key.getKey());
                out.writeUTF(key.getValue());
            }
            int count = 0;
            for (StoredObject.Kind kind : StoredObject.Kind.values()) {
                count += state.table(kind).size();
            }
            out.writeInt(count);
            for (StoredObject.Kind kind : StoredObject.Kind.values()) {
                for (StoredObject object : state.table(kind).all()) {
                    byte[] json = Json.write(object);
                    out.writeInt(json.length);
                    out.write(json);
                }
            }
        } catch (IOException impossible) {
            throw new JorchException(ErrorCode.INTERNAL, "writing a snapshot in memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    static ClusterState decode(byte[] snapshot) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
            if (in.readByte() != 'J' || in.readByte() != 'S') {
                throw new JorchException(ErrorCode.CORRUPT, "snapshot has no magic: it was not written by jorch");
            }
            byte version = in.readByte();
            if (version != VERSION) {
                throw new JorchException(ErrorCode.UNSUPPORTED, "snapshot has version " + version
                        + ", this jorch reads " + VERSION + ": run the newer jorch that wrote it");
            }
            long index = in.readLong();
            RecentKeys keys = RecentKeys.EMPTY;
            for (int left = in.readInt(); left > 0; left--) {
                long at = in.readLong();
                keys = keys.plus(in.readUTF(), at);
            }
            ClusterState state = ClusterState.EMPTY;
            for (int left = in.readInt(); left > 0; left--) {
                state = state.put(Json.readTolerant(in.readNBytes(in.readInt()), StoredObject.class));
            }
            return state.at(index, keys);
        } catch (IOException cut) {
            throw new JorchException(ErrorCode.CORRUPT, "snapshot ends too early", cut);
        }
    }

    /// SHA-256 of the canonical bytes, in hex: equal on replicas at equal index.
    static String hash(ClusterState state) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encode(state)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new JorchException(ErrorCode.INTERNAL, "this Java has no SHA-256", impossible);
        }
    }
}
