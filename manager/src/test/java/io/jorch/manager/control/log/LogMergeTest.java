package io.jorch.manager.control.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jorch.api.message.AgentMessage.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogMergeTest {
    private final LogMerge merge = new LogMerge(3, 100);

    private static LogLine line(long second, String text) {
        return new LogLine("t", Instant.ofEpochSecond(second), false, text);
    }

    private List<String> drain(long now, boolean last) {
        List<String> texts = new ArrayList<>();
        for (LogLine line = merge.next(now, last); line != null; line = merge.next(now, last)) {
            texts.add(line.text());
        }
        return texts;
    }

    @Test
    void anEarlierLineThatComesLaterGoesFirst() {
        merge.add(line(2, "second"), 0);
        assertNull(merge.next(99, false));
        merge.add(line(1, "first"), 99);
        // The first line came at 99 and waits for still earlier ones.
        assertEquals(List.of(), drain(150, false));
        assertEquals(List.of("first", "second"), drain(199, false));
    }

    @Test
    void equalTimesKeepTheOrderInWhichTheyCame() {
        merge.add(line(1, "a"), 0);
        merge.add(line(1, "b"), 0);
        assertEquals(List.of("a", "b"), drain(0, true));
    }

    @Test
    void noMoreThanSoManyAreHeld() {
        for (int second = 5; second > 0; second--) {
            merge.add(line(second, Integer.toString(second)), 0);
        }
        assertEquals(List.of("1", "2"), drain(0, false));
        assertEquals(List.of("3", "4", "5"), drain(0, true));
    }

    @Test
    void tellsHowLongToWait() {
        assertNull(merge.untilNext(0));
        merge.add(line(1, "a"), 40);
        assertEquals(90L, merge.untilNext(50));
        assertEquals(0L, merge.untilNext(500));
    }
}
