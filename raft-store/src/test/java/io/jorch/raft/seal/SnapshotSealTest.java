package io.jorch.raft.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class SnapshotSealTest {

    private static final int CHUNK = 64 << 10;
    private static final int SEALED_CHUNK = CHUNK + Format.TAG;
    private static final int HEADER = 45;

    private final SnapshotSeal seal = new SnapshotSeal(Golden.KEYS);

    private byte[] sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = seal.seal(out)) {
            sealing.write(plain);
        }
        return out.toByteArray();
    }

    private byte[] opened(byte[] sealed) throws IOException {
        return seal.open(new ByteArrayInputStream(sealed)).readAllBytes();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17})
    void opensWhatItSealedWhateverTheLength(int length) throws IOException {
        assertArrayEquals(random(length), opened(sealed(random(length))));
    }

    @Test
    void readsAndWritesByteByByteToo() throws IOException {
        byte[] plain = random(CHUNK + 5);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = seal.seal(out)) {
            for (byte octet : plain) {
                sealing.write(octet);
            }
        }
        InputStream in = seal.open(new ByteArrayInputStream(out.toByteArray()));
        for (byte octet : plain) {
            assertEquals(octet & 0xff, in.read());
        }
        assertEquals(-1, in.read());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Format.TAG, CHUNK, SEALED_CHUNK, 2 * SEALED_CHUNK})
    void refusesASnapshotThatWasCutOff(int missing) throws IOException {
        byte[] sealed = sealed(random(3 * CHUNK));
        byte[] cut = Arrays.copyOf(sealed, sealed.length - missing);
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> opened(cut)).code());
    }

    @Test
    void refusesSwappedAndDroppedChunks() throws IOException {
        byte[] sealed = sealed(random(3 * CHUNK));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, HEADER, swapped, HEADER + SEALED_CHUNK, SEALED_CHUNK);
        System.arraycopy(sealed, HEADER + SEALED_CHUNK, swapped, HEADER, SEALED_CHUNK);
        assertThrows(JorchException.class, () -> opened(swapped));
        byte[] dropped = new byte[sealed.length - SEALED_CHUNK];
        System.arraycopy(sealed, 0, dropped, 0, HEADER);
        System.arraycopy(sealed, HEADER + SEALED_CHUNK, dropped, HEADER, dropped.length - HEADER);
        assertThrows(JorchException.class, () -> opened(dropped));
    }

    @Test
    void refusesAChangedByteAnywhere() throws IOException {
        byte[] sealed = sealed(random(100));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 0x10;
            assertThrows(JorchException.class, () -> opened(changed), "byte " + i);
        }
    }

    @Test
    void theGoldenSnapshotStaysReadable() throws IOException {
        byte[] plain = Golden.counting(1000, 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealing = seal.seal(out, Golden.counting(32, 50))) {
            sealing.write(plain);
        }
        byte[] golden = Golden.bytes("snapshot-v1.bin", out.toByteArray());
        assertArrayEquals(golden, out.toByteArray());
        assertArrayEquals(plain, opened(golden));
    }
}
