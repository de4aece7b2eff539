package io.jorch.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderTest {
    private static final Listing SERVICES = Listing.of("ID", "ID", "ID", "Name", "NAME");

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.mapper().readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static String print(String format, boolean quiet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SERVICES.print(new PrintStream(bytes, true, StandardCharsets.UTF_8),
                List.of(json("{\"ID\":\"abc\",\"Name\":\"web\",\"Image\":\"nginx\"}"),
                        json("{\"ID\":\"defgh\",\"Name\":\"db\",\"Image\":\"pg\"}")),
                format, quiet);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aListIsATableUnlessAsked() {
        assertEquals("ID      NAME\nabc     web\ndefgh   db\n", print("", false));
        assertEquals("abc\ndefgh\n", print("", true));
        assertEquals("web nginx\ndb pg\n", print("{{.Name}} {{.Image}}", false));
        assertEquals("NAME   IMAGE\nweb    nginx\ndb     pg\n", print("table {{.Name}}\\t{{.Image}}", false));
        assertTrue(print("json", false).startsWith("{\"ID\":\"abc\","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {"{{.Spec.Name}}#web", "{{json .Spec.Labels}}#{\"a\":\"1\"}",
            "{{range .Ports}}{{.}},{{end}}#80,443,", "{{if .Gone}}x{{else}}y{{end}}#y", "{{len .Ports}}#2",
            "{{.Spec.Name | upper}}#WEB", "{{join .Names \"/\"}}#a/b", "{{index .Spec.Labels \"a\"}}#1",
            "{{with .Spec}}{{.Name}}{{end}}#web", "{{if and .Ports (eq .Spec.Name \"web\")}}ok{{end}}#ok",
            "{{printf \"%s-%d\" .Spec.Name 3}}#web-3"})
    void templatesFollowGo(String template, String expected) {
        assertEquals(expected, Template.compile(template).render(json(
                "{\"Spec\":{\"Name\":\"web\",\"Labels\":{\"a\":\"1\"}},\"Ports\":[80,443],\"Names\":[\"a\",\"b\"],"
                        + "\"Gone\":false}")));
    }

    @ParameterizedTest
    @CsvSource({"{{.Nope}},.Nope", "{{nope .ID}},nope", "{{.ID,never closed", "{{end}},end", "{{if .ID}}x,no 'end'"})
    void whatATemplateCannotDoIsNamed(String template, String named) {
        JorchException refused = assertThrows(JorchException.class,
                () -> Template.compile(template).render(json("{\"ID\":\"a\"}")));
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"64m,67108864", "1024,1024", "1.5GiB,1610612736", "1k,1024", "2gb,2147483648"})
    void sizesAreReadAsDockerReadsThem(String text, long bytes) {
        assertEquals(bytes, Units.parseBytes("--limit-memory", text));
    }

    @ParameterizedTest
    @CsvSource({"1m30s,90000000000,1m30s", "500ms,500000000,500ms", "0,0,0s", "1h,3600000000000,1h0m0s",
            "1.5s,1500000000,1.5s"})
    void durationsAreReadAndPrintedAsGoDoes(String text, long nanos, String printed) {
        assertEquals(nanos, Units.parseDuration("--update-delay", text));
        assertEquals(printed, Units.duration(nanos));
    }

    @Test
    void wrongNumbersNameTheFlagAndTheFix() {
        assertEquals("--limit-memory: 'lots' is no size: use a number with b, k, m or g, e.g. 64m",
                assertThrows(JorchException.class, () -> Units.parseBytes("--limit-memory", "lots")).getMessage());
        assertThrows(JorchException.class, () -> Units.parseDuration("--update-delay", "5"));
        assertThrows(JorchException.class, () -> Units.parseNanoCpus("--limit-cpu", "half"));
    }

    @Test
    void sizesAndSpansReadLikeDockers() {
        assertEquals("7.05MB", Units.size(7_050_000));
        assertEquals("64MiB", Units.memory(67_108_864));
        assertEquals("About a minute", Units.span(Duration.ofSeconds(70)));
        assertEquals("3 hours", Units.span(Duration.ofHours(3)));
    }
}
