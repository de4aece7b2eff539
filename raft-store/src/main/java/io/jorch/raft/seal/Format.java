package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// What all formats here share: a magic of four letters, a version of one byte, AES-256-GCM.
final class Format {

    static final int NONCE = 12;
    static final int TAG = 16;
    private static final int HEAD = Integer.BYTES + 1;

    private Format() {
    }

    static void check(ByteBuffer in, int magic, byte version, String what) {
        if (in.remaining() < HEAD || in.getInt() != magic) {
            throw new JorchException(ErrorCode.CORRUPT, what + " does not start with the right magic");
        }
        byte found = in.get();
        if (found != version) {
            throw new JorchException(ErrorCode.UNSUPPORTED, what + " has format version " + found + ", this jorch knows "
                    + version + ": upgrade this node");
        }
    }

    static byte[] encrypt(SecretKey key, byte[] nonce, byte[] authenticated, byte[] plain, int length) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, authenticated).doFinal(plain, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to seal", e);
        }
    }

    /// @throws JorchException `CORRUPT` if anything at all was changed
    static byte[] decrypt(SecretKey key, byte[] nonce, byte[] authenticated, byte[] sealed, int length, String what) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, authenticated).doFinal(sealed, 0, length);
        } catch (GeneralSecurityException e) {
            throw new JorchException(ErrorCode.CORRUPT, what + " was changed since it was sealed, or by another key", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] authenticated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(authenticated);
        return cipher;
    }
}
