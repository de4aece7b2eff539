package io.jorch.raft.ratis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class EnvelopeTest {

    @Test
    void theFormatStaysReadable() {
        ByteBuffer wrapped = Envelope.wrap(258, new byte[]{7, 8});
        assertEquals("4a52450100000000000001020708", HexFormat.of().formatHex(wrapped.array()));
        Envelope parsed = Envelope.parse(wrapped);
        assertEquals(258, parsed.plannedTerm());
        assertArrayEquals(new byte[]{7, 8}, parsed.copyEntry());
    }

    @Test
    void refusesForeignShortAndNewerBytes() {
        assertEquals(ErrorCode.CORRUPT, failure("4a5245010000"));
        assertEquals(ErrorCode.CORRUPT, failure("4b52450100000000000001020708"));
        assertEquals(ErrorCode.UNSUPPORTED, failure("4a52450200000000000001020708"));
    }

    private static ErrorCode failure(String hex) {
        return assertThrows(JorchException.class, () -> Envelope.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .code();
    }
}
