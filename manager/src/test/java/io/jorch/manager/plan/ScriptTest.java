package io.jorch.manager.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Runs every script under `src/test/resources/plan`. With `-Djorch.plan.rewrite=FOLDER` the scripts of that folder are
/// written anew with what the planner answers, to be read before they are committed.
@Timeout(60)
final class ScriptTest {
    private static final String REWRITE = "jorch.plan.rewrite";

    @TestFactory
    Stream<DynamicTest> scripts() throws IOException, URISyntaxException {
        String rewrite = System.getProperty(REWRITE);
        URI folder = ScriptTest.class.getResource("/plan").toURI();
        List<Path> files;
        try (Stream<Path> all = Files.list(rewrite == null ? Path.of(folder) : Path.of(rewrite))) {
            files = all.filter(path -> path.toString().endsWith(".txt")).sorted().toList();
        }
        assertTrue(files.size() >= 30, () -> "only " + files.size() + " scripts found");
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(),
                () -> run(file, rewrite != null)));
    }

    private static void run(Path file, boolean rewrite) throws IOException {
        String expected = Files.readString(file);
        StringBuilder actual = new StringBuilder();
        Script script = new Script();
        try {
            for (String line : expected.lines().toList()) {
                if (line.startsWith("#") || line.isBlank()) {
                    actual.append(line).append('\n');
                } else if (line.startsWith("> ")) {
                    String said = script.run(line.substring(2));
                    actual.append(line).append('\n').append(said.indent(4).replaceAll("(?m)\\s+$", "")).append('\n');
                }
            }
        } catch (RuntimeException | AssertionError failed) {
            actual.append("    failed: ").append(failed).append('\n');
            if (!rewrite) {
                throw new AssertionError("after\n" + actual, failed);
            }
        }
        if (rewrite) {
            Files.writeString(file, actual.toString());
        } else {
            assertEquals(expected, actual.toString());
        }
    }
}
