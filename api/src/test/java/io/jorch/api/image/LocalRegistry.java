package io.jorch.api.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real registry (`docker-registry serve`) on a free loopback port, for the tests of any module, and a way to run
/// the tools that fill it (`skopeo`, `umoci`, `buildah`).
///
/// ```java
/// try (LocalRegistry registry = LocalRegistry.start(directory)) {
///     LocalRegistry.run("skopeo", "copy", "--dest-tls-verify=false", "oci:layout:tag", registry.docker("a/b:tag"));
/// }
/// ```
public final class LocalRegistry implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+)");
    /// `me` and `s3cret`, by bcrypt.
    private static final String LOGIN = "me:$2b$05$abcdefghijklmnopqrstuuLK7U1u6pVRmL7L1BBM2aS35PSZnDXlK\n";
    private static final int TOOL_SECONDS = 120;

    private final Process process;
    private final String domain;

    private LocalRegistry(Process process, String domain) {
        this.process = process;
        this.domain = domain;
    }

    /// @param directory of its own, for configuration, log and content
    public static LocalRegistry start(Path directory) throws IOException {
        return start(directory, "");
    }

    /// As [#start], but it wants the login `me` with the password `s3cret`.
    public static LocalRegistry startWithLogin(Path directory) throws IOException {
        Path passwords = Files.writeString(Files.createDirectories(directory).resolve("htpasswd"), LOGIN);
        return start(directory, "auth:\n  htpasswd:\n    realm: test\n    path: " + passwords + "\n");
    }

    private static LocalRegistry start(Path directory, String authentication) throws IOException {
        Path configuration = Files.writeString(Files.createDirectories(directory).resolve("config.yml"), """
                version: 0.1
                log:
                  level: info
                  accesslog:
                    disabled: true
                storage:
                  filesystem:
                    rootdirectory: %s
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:0
                %s""".formatted(directory.resolve("content"), authentication));
        Process process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true).start();
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                drain(log);
                return new LocalRegistry(process, matcher.group(1));
            }
        }
        throw new IOException("docker-registry didn't start: " + read);
    }

    /// A full pipe would stop the registry.
    private static void drain(BufferedReader log) {
        Thread.ofVirtual().start(() -> {
            try {
                while (log.readLine() != null) {
                    continue;
                }
            } catch (IOException closed) {
                return;
            }
        });
    }

    /// `127.0.0.1:PORT`, as in a reference.
    public String domain() {
        return domain;
    }

    /// The reference with this registry before it: `127.0.0.1:PORT/a/b:tag`.
    public String reference(String name) {
        return domain + "/" + name;
    }

    /// As skopeo writes it: `docker://127.0.0.1:PORT/a/b:tag`.
    public String docker(String name) {
        return "docker://" + reference(name);
    }

    /// Runs a tool to its end.
    ///
    /// @return what it printed
    /// @throws IOException with all that it printed, when it fails or takes more than two minutes
    public static String run(String... command) throws IOException {
        return run(List.of(command));
    }

    public static String run(List<String> command) throws IOException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                if (!tool.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(command + " takes too long: " + Files.readString(output));
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            } finally {
                tool.destroyForcibly();
            }
            String printed = Files.readString(output);
            if (tool.exitValue() != 0) {
                throw new IOException(command + " failed with " + tool.exitValue() + ": " + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
