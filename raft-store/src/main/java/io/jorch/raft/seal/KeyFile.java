package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// The data keys on a manager's disk: `raft-keys`, wrapped by a [WrappingKey]; the node's own one lies beside it in
/// `wrapping-key`. Both 0600.
///
/// `raft-keys`: magic `JRKW`, version 1, kind of wrapping (1 byte: 1 = the node's key file, 2 = an unlock key that a person
/// holds), id of the wrapping key (8 bytes), nonce (12 bytes), then the encoded [DataKeys] as AES-256-GCM ciphertext with
/// its tag; all before it is authenticated. Locking a cluster changes the kind and nothing else.
public final class KeyFile {

    private static final int MAGIC = 0x4a524b57;
    private static final byte VERSION = 1;
    private static final int HEADER = Integer.BYTES + 2 + Long.BYTES + Format.NONCE;

    private final Path file;
    private final Path nodeKeyFile;

    /// @param folder `DATA/node`
    public KeyFile(Path folder) {
        this.file = folder.resolve("raft-keys");
        this.nodeKeyFile = folder.resolve("wrapping-key");
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /// Who can open the file; empty if there is none yet.
    public Optional<WrappingKey.Kind> wrapping() {
        return exists() ? Optional.of(header(read()).kind()) : Optional.empty();
    }

    /// The node's own wrapping key, made at its first use.
    public WrappingKey nodeKey() {
        try {
            if (!Files.exists(nodeKeyFile)) {
                PrivateFile.write(nodeKeyFile, WrappingKey.random(WrappingKey.Kind.NODE).encodeNodeKey());
            }
            return WrappingKey.decodeNodeKey(PrivateFile.read(nodeKeyFile));
        } catch (IOException e) {
            throw unusable(nodeKeyFile, e);
        }
    }

    /// Writes the keys whole or not at all.
    public void save(DataKeys keys, WrappingKey wrapping) {
        byte[] nonce = new byte[Format.NONCE];
        new SecureRandom().nextBytes(nonce);
        try {
            PrivateFile.write(file, encode(keys, wrapping, nonce));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    static byte[] encode(DataKeys keys, WrappingKey wrapping, byte[] nonce) {
        byte[] header = ByteBuffer.allocate(HEADER).putInt(MAGIC).put(VERSION).put(wrapping.kind().code())
                .putLong(wrapping.id()).put(nonce).array();
        byte[] plain = keys.encode();
        byte[] body = Format.encrypt(wrapping.key(), nonce, header, plain, plain.length);
        return ByteBuffer.allocate(header.length + body.length).put(header).put(body).array();
    }

    /// @throws JorchException `NOT_FOUND` if there is no file, `UNAUTHENTICATED` if another key is needed, `CORRUPT`
    public DataKeys load(WrappingKey wrapping) {
        if (!exists()) {
            throw JorchException.notFound("key file", file.toString());
        }
        return decode(read(), wrapping);
    }

    static DataKeys decode(byte[] bytes, WrappingKey wrapping) {
        Header header = header(bytes);
        if (header.kind() != wrapping.kind() || header.wrappingId() != wrapping.id()) {
            throw new JorchException(ErrorCode.UNAUTHENTICATED, switch (header.kind()) {
                case NODE -> "the Raft keys are wrapped by another node's key: restore the node folder as a whole";
                case UNLOCK -> "the cluster is locked and this is not its unlock key: run `jorch swarm unlock`";
            });
        }
        byte[] body = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        return DataKeys.decode(Format.decrypt(wrapping.key(), header.nonce(), Arrays.copyOf(bytes, HEADER), body,
                body.length, "the file of the Raft keys"));
    }

    private record Header(WrappingKey.Kind kind, long wrappingId, byte[] nonce) {
    }

    private static Header header(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Format.check(in, MAGIC, VERSION, "the file of the Raft keys");
        if (bytes.length < HEADER) {
            throw new JorchException(ErrorCode.CORRUPT, "the file of the Raft keys ends within its header");
        }
        WrappingKey.Kind kind = WrappingKey.Kind.of(in.get());
        long id = in.getLong();
        byte[] nonce = new byte[Format.NONCE];
        in.get(nonce);
        return new Header(kind, id, nonce);
    }

    private byte[] read() {
        try {
            return PrivateFile.read(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static JorchException unusable(Path path, IOException e) {
        return new JorchException(ErrorCode.INTERNAL, "can't use " + path + ": " + JorchException.describe(e), e);
    }
}
