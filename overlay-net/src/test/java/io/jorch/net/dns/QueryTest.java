package io.jorch.net.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class QueryTest {
    /// As glibc sends it: `WEB` A, with an OPT record of 1232 bytes.
    private static final byte[] WEB = HexFormat.of()
            .parseHex("abcd01000001000000000001035745420000010001" + "0000290" + "4d0000000000000");

    @Test
    void questionIsReadInLowerCaseAndKeptAsItWas() throws MalformedMessageException {
        Query query = Query.parse(WEB);
        assertEquals("web", query.name());
        assertEquals(0xabcd, query.id());
        assertEquals(RecordType.A, query.type());
        assertEquals(1232, query.payload());
        assertArrayEquals(HexFormat.of().parseHex("035745420000010001"), query.question());
    }

    @Test
    void replyHasTheBytesOfTheStandard() throws MalformedMessageException {
        byte[] reply = Reply.answer(Query.parse(WEB), RecordType.A, 600, List.of(new byte[]{10, 0, 1, 2}));
        assertEquals("abcd8580000100010000000103574542000001" + "0001c00c0001000100000258" + "00040a000102"
                + "000029" + "04d0000000000000", HexFormat.of().formatHex(reply));
    }

    @Test
    void replyThatDoesNotFitSaysSo() throws MalformedMessageException {
        Query small = Query.parse(Messages.query(7, "web", RecordType.A, 0));
        byte[] reply = Reply.answer(small, RecordType.A, 3, java.util.Collections.nCopies(40, new byte[4]));
        assertEquals("NOERROR TC", Messages.words(Reply.fitting(small, reply)));
        Query large = Query.parse(Messages.query(7, "web", RecordType.A, 4096));
        assertArrayEquals(reply, Reply.fitting(large, reply));
    }

    @Test
    void namesFollowPointersBackwardsOnly() throws MalformedMessageException {
        byte[] message = HexFormat.of().parseHex("03777777" + "0264650" + "0" + "0161c000");
        ByteBuffer bytes = ByteBuffer.wrap(message).position(8);
        assertEquals("a.www.de", WireName.read(bytes));
        assertEquals(12, bytes.position());
        ByteBuffer loop = ByteBuffer.wrap(HexFormat.of().parseHex("0161c000"));
        assertThrows(MalformedMessageException.class, () -> WireName.read(loop));
    }

    @Test
    void anyCutOrBrokenMessageIsRefusedAndNothingWorse() {
        Random random = new Random(42);
        for (int length = 0; length < WEB.length; length++) {
            byte[] cut = Arrays.copyOf(WEB, length);
            assertThrows(MalformedMessageException.class, () -> Query.parse(cut), "length " + length);
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = WEB.clone();
            for (int change = 0; change < 3; change++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                Query query = Query.parse(broken);
                Messages.words(Reply.fitting(query, Reply.without(query, ResponseCode.NXDOMAIN)));
            } catch (MalformedMessageException refused) {
                assertEquals(1, Math.min(1, refused.getMessage().length()));
            }
        }
    }
}
