package io.jorch.manager.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.JorchException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 1970-01-01T00:00:00Z", "1767355200, 2026-01-02T12:00:00Z",
            "1767355200.000000001, 2026-01-02T12:00:00.000000001Z", "1767355200.5, 2026-01-02T12:00:00.500Z",
            "2026-01-02T12:00:00+02:00, 2026-01-02T10:00:00Z", "2026-01-02T12:00:00.5Z, 2026-01-02T12:00:00.500Z",
            "2026-01-02T12:00:00, 2026-01-02T12:00:00Z", "2026-01-02, 2026-01-02T00:00:00Z",
            "90s, 2026-01-02T11:58:30Z", "1h30m, 2026-01-02T10:30:00Z", "1.5h, 2026-01-02T10:30:00Z"})
    void readsWhatDockersClientsWrite(String text, String expected) {
        assertEquals(Instant.parse(expected), Times.parse("since", text, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1h30", "h", "2026-13-01", "1767355200.0000000001", "10:00"})
    void refusesWhatIsNoTime(String text) {
        assertThrows(JorchException.class, () -> Times.parse("since", text, NOW));
    }
}
