package io.jorch.raft.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class EntrySealTest {

    private static final byte[] ENTRY = "a secret value".getBytes(StandardCharsets.UTF_8);

    private final EntrySeal seal = new EntrySeal(Golden.KEYS);

    @Test
    void opensWhatItSealed() {
        assertArrayEquals(ENTRY, seal.open(7, seal.seal(7, ENTRY)));
        assertArrayEquals(new byte[0], seal.open(7, seal.seal(7, new byte[0])));
    }

    @Test
    void sealsTheSameEntryDifferentlyEachTime() {
        assertFalse(Arrays.equals(seal.seal(7, ENTRY), seal.seal(7, ENTRY)));
    }

    @Test
    void isLongerByTheOverheadOnly() {
        assertEquals(ENTRY.length + EntrySeal.OVERHEAD, seal.seal(7, ENTRY).length);
    }

    @Test
    void refusesEveryChangedByte() {
        byte[] sealed = seal.seal(7, ENTRY);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(JorchException.class, () -> seal.open(7, changed), "byte " + i);
        }
    }

    @Test
    void refusesEveryCut() {
        byte[] sealed = seal.seal(7, ENTRY);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> seal.open(7, cut)).code());
        }
    }

    @Test
    void refusesAnotherTerm() {
        byte[] sealed = seal.seal(7, ENTRY);
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> seal.open(8, sealed)).code());
    }

    @Test
    void namesTheMissingKey() {
        byte[] sealed = new EntrySeal(DataKeys.random()).seal(7, ENTRY);
        JorchException failure = assertThrows(JorchException.class, () -> seal.open(7, sealed));
        assertEquals(ErrorCode.CORRUPT, failure.code());
    }

    @Test
    void opensWhatAnOldKeySealedAfterARotation() {
        byte[] old = seal.seal(7, ENTRY);
        EntrySeal rotated = new EntrySeal(Golden.KEYS.rotated());
        assertArrayEquals(ENTRY, rotated.open(7, old));
        assertThrows(JorchException.class, () -> seal.open(7, rotated.seal(7, ENTRY)));
    }

    @Test
    void saysWhenTheVersionIsNewer() {
        byte[] sealed = seal.seal(7, ENTRY);
        sealed[4] = 2;
        assertEquals(ErrorCode.UNSUPPORTED, assertThrows(JorchException.class, () -> seal.open(7, sealed)).code());
    }

    @Test
    void theGoldenEntryStaysReadable() {
        byte[] expected = seal.seal(7, ENTRY, Golden.nonce());
        assertArrayEquals(Golden.bytes("entry-v1.bin", expected), expected);
        assertArrayEquals(ENTRY, seal.open(7, Golden.bytes("entry-v1.bin", expected)));
    }
}
