package io.jorch.raft.ratis;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The test's end of a [MemberProcess]. Answers of a process that dies are `died`.
final class MemberHandle {

    private final String id;
    private final Process process;
    private final Writer commands;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong next = new AtomicLong(1);
    private final Map<Long, CompletableFuture<String>> open = new ConcurrentHashMap<>();
    private final CompletableFuture<String> started = new CompletableFuture<>();

    private MemberHandle(String id, Process process) {
        this.id = id;
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        open.put(0L, started);
        Thread.ofPlatform().daemon().name("answers-of-" + id).start(this::readAnswers);
    }

    /// @param before what to run the JVM under, e.g. strace and its options
    static MemberHandle start(List<String> before, String id, Path folder, long snapshotEntries, String keys,
            Map<String, Integer> ports) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                MemberProcess.class.getName(), folder.toString(), Long.toString(snapshotEntries), keys, id));
        ports.forEach((member, port) -> command.add(member + "=" + port));
        File errors = folder.resolveSibling(id + ".stderr").toFile();
        return new MemberHandle(id, new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors)).start());
    }

    String id() {
        return id;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    MemberHandle awaitStarted() throws Exception {
        String answer = started.get(60, TimeUnit.SECONDS);
        if (!answer.equals("started")) {
            throw new AssertionError("member " + id + " did not start: " + answer);
        }
        return this;
    }

    CompletableFuture<String> ask(String command) {
        long number = next.getAndIncrement();
        CompletableFuture<String> answer = new CompletableFuture<>();
        open.put(number, answer);
        writing.lock();
        try {
            commands.write(number + " " + command + "\n");
            commands.flush();
        } catch (IOException e) {
            answer.complete("died");
        } finally {
            writing.unlock();
        }
        if (!process.isAlive()) {
            answer.complete("died");
        }
        return answer;
    }

    private void readAnswers() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 2);
                CompletableFuture<String> answer = open.remove(Long.parseLong(words[0]));
                if (answer != null) {
                    answer.complete(words.length > 1 ? words[1] : "");
                }
            }
        } catch (IOException e) {
            // the pipe of a killed process
        }
        open.values().forEach(answer -> answer.complete("died"));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// `STOP` or `CONT`.
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the process end by itself.
    void finish() throws IOException, InterruptedException {
        commands.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
