package io.jorch.worker.task;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.ImagePin;
import io.jorch.worker.Samples;
import io.jorch.worker.compose.ContainerPlan;
import io.jorch.worker.compose.ImageFiles;
import io.jorch.worker.health.ProbeResult;
import io.jorch.worker.health.TaskDialer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A machine without a kernel: images, networks and a runtime that do what a test says and write down what was asked
/// of them, each call as one line of [#calls].
public final class FakeMachine implements TaskImages, TaskNetworks, TaskRuntime {
    public final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    public final Map<String, FakeContainer> containers = new ConcurrentHashMap<>();
    public final List<NetworkMap> maps = java.util.Collections.synchronizedList(new ArrayList<>());
    public volatile ImageConfig image = Samples.image("'Cmd':['sh']");
    public volatile @Nullable JorchException imageFailure;
    public volatile @Nullable JorchException startFailure;
    public volatile @Nullable JorchException removeFailure;
    public volatile boolean imageHangs;
    public volatile int openConnections;
    public volatile ProbeResult probe = ProbeResult.pass("");
    public volatile Set<Integer> ports = Set.of();

    @Override
    public PreparedImage require(ImagePin pin) throws InterruptedException {
        calls.add("image " + pin.pinned());
        if (imageHangs) {
            new java.util.concurrent.CountDownLatch(1).await();
        }
        if (imageFailure != null) {
            throw imageFailure;
        }
        return new PreparedImage("sha256:image", image, List.of(), new ImageFiles(List.of(), _ -> false));
    }

    @Override
    public Optional<ImageConfig> config(ImagePin pin) {
        return Optional.of(image);
    }

    @Override
    public void collect(Collection<ImagePin> keep) {
        calls.add("collect " + keep.stream().map(ImagePin::reference).sorted().toList());
    }

    @Override
    public void apply(NetworkMap map) {
        maps.add(map);
        calls.add("apply " + map.epoch());
    }

    @Override
    public AttachedNetwork attach(TaskAssignment task, ContainerPlan plan) {
        calls.add("attach " + task.taskId());
        return new AttachedNetwork(Path.of("/netns/" + task.taskId()), "", "");
    }

    @Override
    public void detach(String taskId) {
        calls.add("detach " + taskId);
    }

    @Override
    public int openConnections(TaskAssignment task) {
        return openConnections;
    }

    @Override
    public TaskDialer dialer(TaskAssignment task) {
        return (port, _) -> {
            if (!ports.contains(port)) {
                throw new IOException("Connection refused");
            }
            return java.nio.channels.SocketChannel.open();
        };
    }

    @Override
    public TaskContainer start(ContainerPlan plan, PreparedImage prepared, AttachedNetwork network,
            Map<String, Path> folders) {
        calls.add("start " + plan.taskId() + " " + String.join(" ", plan.arguments()));
        if (startFailure != null) {
            throw startFailure;
        }
        FakeContainer container = new FakeContainer(plan.taskId(), plan.containerId());
        containers.put(plan.taskId(), container);
        return container;
    }

    @Override
    public Optional<TaskContainer> adopt(String taskId, String containerId) {
        return Optional.ofNullable(containers.get(taskId));
    }

    @Override
    public void release(String taskId) {
        calls.add("release " + taskId);
    }

    @Override
    public void remove(String taskId) {
        calls.add("remove " + taskId);
        if (removeFailure != null) {
            throw removeFailure;
        }
        containers.remove(taskId);
    }

    @Override
    public Set<String> present() {
        return Set.copyOf(containers.keySet());
    }

    /// A container that runs until a test or a signal ends it.
    public final class FakeContainer implements TaskContainer {
        private final String taskId;
        private final String id;
        private final CompletableFuture<TaskExit> exit = new CompletableFuture<>();
        /// Signals that end it, with the code it then has.
        public volatile Set<Integer> obeys = Set.of(9, 15);

        public FakeContainer(String taskId, String id) {
            this.taskId = taskId;
            this.id = id;
        }

        public void exits(int code, int signal, boolean outOfMemory) {
            exit.complete(new TaskExit(code, signal, outOfMemory, false, Instant.EPOCH));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public long pid() {
            return 4711;
        }

        @Override
        public TaskExit awaitExit() throws InterruptedException {
            try {
                return exit.get();
            } catch (ExecutionException failure) {
                throw new JorchException(ErrorCode.INTERNAL, "fake", failure);
            }
        }

        @Override
        public void signal(int signal) {
            calls.add("signal " + taskId + " " + signal);
            if (obeys.contains(signal)) {
                exits(signal == 9 ? 137 : 0, signal == 9 ? 9 : 0, false);
            }
        }

        @Override
        public ProbeResult run(List<String> command, long timeout) {
            calls.add("run " + String.join(" ", command));
            return probe;
        }
    }
}
