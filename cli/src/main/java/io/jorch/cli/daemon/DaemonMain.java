package io.jorch.cli.daemon;

import io.jorch.api.error.JorchException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `jorch daemon [--KEY VALUE | --KEY=VALUE]…`: a node in the foreground. Ends with 0 on SIGTERM or SIGINT; containers
/// stay and are taken up by the next daemon.
public final class DaemonMain {
    private static final int USAGE = 2;

    private DaemonMain() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        if (java.util.List.of(arguments).contains("--help")) {
            System.out.println("Usage: jorch daemon [OPTIONS]\n\nRuns a node in the foreground. Options, each also as "
                    + "JORCH_NAME in the environment and as a key of jorch.yaml:");
            Settings.keys().forEach(key -> System.out.println("      --" + key));
            return;
        }
        Daemon daemon;
        CountDownLatch ended = new CountDownLatch(1);
        try {
            Settings settings = Settings.resolve(flags(arguments), System.getenv());
            DaemonLog.configure(settings.value("log-level"), settings.value("log-format"));
            daemon = Daemon.start(settings);
        } catch (JorchException failure) {
            System.err.println("jorch: " + failure.getMessage());
            System.exit(failure.field() == null ? 1 : USAGE);
            return;
        }
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("jorch-stop").unstarted(() -> {
            ended.countDown();
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }));
        ended.await();
        daemon.close();
        closed.countDown();
    }

    private static Map<String, String> flags(String[] arguments) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = (equals < 0 ? argument : argument.substring(0, equals)).replaceFirst("^--", "");
            if (!argument.startsWith("--") || !Settings.keys().contains(name)) {
                throw JorchException.invalid(argument,
                        "is no option of the daemon: use one of --" + String.join(", --", Settings.keys()));
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw JorchException.invalid("--" + name, "has no value");
            }
            flags.put(name, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
        }
        return flags;
    }
}
