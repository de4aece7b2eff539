package io.jorch.runtime.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.jorch.runtime.cgroup.CgroupLimits;

/// Start to exit of `true`, beside runc and crun where they are installed. Not a test: run its main as root.
/// One number per line, `name min=ms median=ms p90=ms`. jorch's includes directories, five cgroups with limits, user namespace,
/// idmapped overlay, seccomp and the removal of all of it; runc's and crun's are `run` of the default spec with
/// the network namespace as is, on the plain directory.
public final class LaunchBenchmark {
    private static final int WARM = 30;
    private static final int ROUNDS = 60;

    private LaunchBenchmark() {
    }

    /// One start to exit; the number makes names unique.
    private interface Round {
        void run(int number) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("launch-benchmark");
        try (Host host = new Host(directory)) {
            measure("jorch", number -> jorch(host, number), true);
            measure("jorch-without-removal", number -> host.containers
                    .start(host.plan("k" + number, "true"), CgroupLimits.DEVICES_ONLY).awaitExit(), true);
            host.containers.sweep(java.util.Set.of());
            hundred(host);
            for (String runtime : List.of("runc", "crun")) {
                other(directory, host, runtime);
            }
        }
        System.exit(0);
    }

    private static void jorch(Host host, int number) throws InterruptedException {
        String id = "b" + number;
        host.containers.start(host.plan(id, "true"), CgroupLimits.DEVICES_ONLY.withMemory(64 << 20, 64 << 20, 0)
                .withPids(100)).awaitExit();
        host.containers.remove(id);
    }

    private static void hundred(Host host) throws Exception {
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 100; i++) {
                int number = 1000 + i;
                pool.submit(() -> {
                    jorch(host, number);
                    return null;
                });
            }
        }
        System.out.printf("jorch 100 by 8 at once: %.2f s%n", (System.nanoTime() - start) / 1e9);
    }

    private static void other(Path directory, Host host, String runtime) throws Exception {
        Path bundle = Files.createDirectories(directory.resolve("bundle-" + runtime));
        try {
            if (run(bundle, runtime, "spec") != 0) {
                System.out.println(runtime + " spec failed");
                return;
            }
        } catch (IOException absent) {
            System.out.println(runtime + " is not installed");
            return;
        }
        Path config = bundle.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"terminal\": true", "\"terminal\": false")
                .replaceAll("\"sh\"", "\"true\"").replaceAll("\"path\": \"rootfs\"", "\"path\": \"" + host.layer + "\""));
        if (run(bundle, runtime, "run", "probe-" + runtime) != 0) {
            System.out.println(runtime + " run fails here");
            return;
        }
        measure(runtime, number -> run(bundle, runtime, "run", "bench" + number), false);
    }

    private static int run(Path bundle, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).directory(bundle.toFile()).redirectErrorStream(true)
                .redirectOutput(bundle.resolve("output").toFile()).start().waitFor();
    }

    private static void measure(String name, Round round, boolean warm) throws Exception {
        int warmUp = warm ? WARM : 3;
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < warmUp + ROUNDS; i++) {
            long start = System.nanoTime();
            round.run(i);
            if (i >= warmUp) {
                nanos[i - warmUp] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf("%s min=%.1f ms median=%.1f ms p90=%.1f ms%n", name, nanos[0] / 1e6, nanos[ROUNDS / 2] / 1e6,
                nanos[ROUNDS * 9 / 10] / 1e6);
    }
}
