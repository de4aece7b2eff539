package io.jorch.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceArchTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int LONGEST_FILE = 500;

    private static List<Path> sources(String suffix) throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().endsWith(suffix) && path.toString().contains("/src/")
                    && !path.toString().contains("/target/") && !path.toString().contains("/.fast/")).toList();
        }
    }

    @Test
    void everyMainPackageSaysWhatItIsFor() throws IOException {
        List<Path> silent = sources(".java").stream().filter(path -> path.toString().contains("/src/main/java/"))
                .map(Path::getParent).distinct().filter(folder -> !documented(folder.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), silent);
    }

    private static boolean documented(Path packageInfo) {
        try {
            return Files.exists(packageInfo) && Files.readString(packageInfo).startsWith("///");
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void noSourceFileIsLongerThanFiveHundredLines() throws IOException {
        List<Path> sources = Stream.concat(sources(".java").stream(), sources(".c").stream()).toList();
        assertTrue(sources.size() > 100, "the sources were not found under " + ROOT);
        List<Path> tooLong = sources.stream().filter(path -> lines(path) > LONGEST_FILE).toList();
        assertEquals(List.of(), tooLong);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void noClassIsNamedAfterNothing() throws IOException {
        List<Path> grabBags = sources(".java").stream()
                .filter(path -> path.getFileName().toString().matches(".*(Utils?|Helpers?|Misc|Common)\\.java"))
                .toList();
        assertEquals(List.of(), grabBags);
    }
}
