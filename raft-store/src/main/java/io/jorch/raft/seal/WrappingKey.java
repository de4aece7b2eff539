package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import javax.crypto.SecretKey;

/// A key that wraps the data keys on one manager's disk: the node's own, or the unlock key of a locked cluster.
///
/// The node's own lies in a file: magic `JRNK`, version 1, 32 bytes.
public final class WrappingKey {

    /// Who holds the key.
    public enum Kind {
        NODE((byte) 1), UNLOCK((byte) 2);

        private final byte code;

        Kind(byte code) {
            this.code = code;
        }

        byte code() {
            return code;
        }

        static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "the Raft keys are wrapped in a way (" + code + ") that this jorch doesn't know: upgrade this node");
        }
    }

    private static final int MAGIC = 0x4a524e4b;
    private static final byte VERSION = 1;

    private final Kind kind;
    private final DataKey secret;

    private WrappingKey(Kind kind, DataKey secret) {
        this.kind = kind;
        this.secret = secret;
    }

    public static WrappingKey random(Kind kind) {
        return new WrappingKey(kind, DataKey.random());
    }

    /// @param secret 32 random bytes
    public static WrappingKey of(Kind kind, byte[] secret) {
        return new WrappingKey(kind, DataKey.of(secret));
    }

    public Kind kind() {
        return kind;
    }

    long id() {
        return secret.id();
    }

    SecretKey key() {
        return secret.keyFor("wrapping", new byte[0]);
    }

    /// The 32 bytes themselves, to be shown once to the person who locks the cluster.
    public byte[] secret() {
        return secret.secret();
    }

    byte[] encodeNodeKey() {
        return ByteBuffer.allocate(Integer.BYTES + 1 + DataKey.BYTES).putInt(MAGIC).put(VERSION).put(secret.secret())
                .array();
    }

    static WrappingKey decodeNodeKey(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Format.check(in, MAGIC, VERSION, "the node's wrapping key");
        if (in.remaining() != DataKey.BYTES) {
            throw new JorchException(ErrorCode.CORRUPT, "the node's wrapping key has a wrong length");
        }
        byte[] secret = new byte[DataKey.BYTES];
        in.get(secret);
        return of(Kind.NODE, secret);
    }

    @Override
    public String toString() {
        return "WrappingKey[" + kind + ", " + HexFormat.of().toHexDigits(secret.id()) + ", ***]";
    }
}
