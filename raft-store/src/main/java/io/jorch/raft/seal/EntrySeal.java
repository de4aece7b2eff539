package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;

/// Seals log entries. Format: magic `JRSE`, version 1, id of the data key (8 bytes, big endian), nonce (12 random bytes),
/// then the AES-256-GCM ciphertext with its tag (16 bytes). The header and the Raft term are authenticated with it, so a
/// sealed entry can't be moved to another term. Any thread may use it.
final class EntrySeal {

    private static final int MAGIC = 0x4a525345;
    private static final byte VERSION = 1;
    private static final int HEADER = Integer.BYTES + 1 + Long.BYTES + Format.NONCE;
    /// By how much a sealed entry is longer.
    static final int OVERHEAD = HEADER + Format.TAG;

    private final DataKeys keys;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, SecretKey> derived = new ConcurrentHashMap<>();

    EntrySeal(DataKeys keys) {
        this.keys = keys;
    }

    byte[] seal(long term, byte[] entry) {
        byte[] nonce = new byte[Format.NONCE];
        random.nextBytes(nonce);
        return seal(term, entry, nonce);
    }

    byte[] seal(long term, byte[] entry, byte[] nonce) {
        long id = keys.current().id();
        ByteBuffer out = ByteBuffer.allocate(OVERHEAD + entry.length).putInt(MAGIC).put(VERSION).putLong(id).put(nonce);
        out.put(Format.encrypt(key(id), nonce, authenticated(out.array(), term), entry, entry.length));
        return out.array();
    }

    /// @throws JorchException `CORRUPT` or `UNSUPPORTED`
    byte[] open(long term, byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        Format.check(in, MAGIC, VERSION, "a log entry");
        if (sealed.length < OVERHEAD) {
            throw new JorchException(ErrorCode.CORRUPT,
                    "a sealed log entry of " + sealed.length + " bytes is too short");
        }
        long id = in.getLong();
        byte[] nonce = new byte[Format.NONCE];
        in.get(nonce);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return Format.decrypt(key(id), nonce, authenticated(sealed, term), body, body.length, "a log entry");
    }

    private SecretKey key(long id) {
        return derived.computeIfAbsent(id, wanted -> keys.find(wanted).keyFor("entry", new byte[0]));
    }

    private static byte[] authenticated(byte[] sealed, long term) {
        return ByteBuffer.allocate(HEADER + Long.BYTES).put(sealed, 0, HEADER).putLong(term).array();
    }
}
