package io.jorch.net;

import io.jorch.api.message.NetworkMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that makes the network of [#tasks], applies [#map], says so, and waits to be killed.
final class KilledDaemon implements AutoCloseable {
    static final String NODE = "abc123";

    private final Process process;

    private KilledDaemon(Process process) {
        this.process = process;
    }

    static List<TaskNetwork> tasks() {
        return List.of(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5)),
                Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6)));
    }

    static NetworkMap map(long epoch) {
        return Fixture.map(epoch,
                List.of(Fixture.network("n1", 1,
                        Fixture.service("web", "10.0.1.2", Fixture.endpoint("web", 1, "10.0.1.5", true)))),
                Fixture.tcp(8080, 80, "10.255.0.2"));
    }

    static KilledDaemon start(Path folder) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), KilledDaemon.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        KilledDaemon daemon = new KilledDaemon(process);
        String said = process.inputReader().readLine();
        if (!"ready".equals(said)) {
            daemon.close();
            throw new IllegalStateException("the daemon said " + said);
        }
        return daemon;
    }

    /// kill -9
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the daemon does not die");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        NodeNetwork network = NodeNetwork.open(NetworkBed.settings(Path.of(arguments[0]), NODE));
        network.start(List.of()).join();
        tasks().forEach(task -> network.attach(task).join());
        network.apply(map(1)).join();
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
