package io.jorch.worker.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImportRequest;
import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.TaskState;
import io.jorch.images.Images;
import io.jorch.images.ImagesSettings;
import io.jorch.runtime.unpack.LinuxLayerTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks from images of the node's own store.
@Timeout(120)
class ImageTaskIT {
    @TempDir
    private Path folder;
    private Node node;
    private Images images;
    private UsedImages used;
    private WorkerDaemon daemon;
    private ManagerEnd manager;

    @BeforeEach
    void setUp() throws Exception {
        node = new Node(folder);
        used = new UsedImages();
        images = new Images(ImagesSettings.of(folder.resolve("data/images"), LinuxLayerTarget::open, used));
        Process tar = new ProcessBuilder("tar", "-C", folder.resolve("layer").toString(), "-c", ".").start();
        images.importRootfs(new ImportRequest("busybox:1", List.of("ENV PATH=/bin", "CMD [\"id\",\"-u\"]", "USER app"), "",
                ""), tar.getInputStream());
        assertEquals(0, tar.waitFor());
        node.images = new NodeImages(images, used);
        daemon = node.start();
        manager = node.manager();
        manager.welcome();
        manager.assign(true);
    }

    @AfterEach
    void tearDown() throws InterruptedException, IOException {
        daemon.close();
        node.close();
        images.close();
    }

    private static TaskAssignment with(ImagePin pin, TaskAssignment task) {
        return new TaskAssignment(task.taskId(), task.serviceId(), task.serviceName(), task.serviceLabels(), task.name(),
                task.slot(), task.desired(), task.endpoint(), task.spec(), pin, task.ids(), task.legs(), task.generic(),
                task.servedPorts());
    }

    @Test
    void aTaskRunsFromALocalImageAsTheImageSays() throws InterruptedException {
        ImagePin pin = new ImagePin("busybox:1", "", List.of());
        manager.assign(false, with(pin, WorkerIT.task("task1", TaskState.RUNNING, "", "")));
        manager.await("task1", TaskState.COMPLETE);
        assertEquals(List.of("1000"), manager.lines("task1").stream().map(AgentMessage.LogLine::text).toList());
        assertEquals(1, used.get().size());
        images.prune(new ImageFilter(java.util.Map.of("dangling", List.of("false")), false));
        assertEquals(Optional.of("app"),
                node.images.config(pin).map(io.jorch.api.image.ImageConfig::user), "what a task uses is not pruned");
    }

    @Test
    void anImageThatIsNowhereRejectsItsTask() throws InterruptedException {
        manager.assign(false, with(new ImagePin("nowhere:1", "", List.of()),
                WorkerIT.task("task1", TaskState.RUNNING, "", "")));
        assertEquals("image nowhere:1 not found", manager.await("task1", TaskState.REJECTED).status().error());
    }

    @Test
    void aPrefetchThatFailsSaysWhy() throws InterruptedException {
        ImagePin pin = new ImagePin("127.0.0.1:1/gone:1", "sha256:" + "cd".repeat(32), List.of());
        manager.tell(new ManagerMessage.FetchImages(List.of(pin, new ImagePin("busybox:1", "", List.of()))));
        java.util.Map<String, String> answers = new java.util.TreeMap<>();
        while (answers.size() < 2) {
            AgentMessage message = manager.heard.poll(60, TimeUnit.SECONDS);
            assertTrue(message != null, "answers so far: " + answers);
            if (message instanceof AgentMessage.ImageFetched fetched) {
                answers.put(fetched.image(), fetched.error());
            }
        }
        assertEquals("", answers.get("busybox:1"));
        assertTrue(answers.get(pin.pinned()).contains("127.0.0.1:1"), answers.toString());
    }
}
