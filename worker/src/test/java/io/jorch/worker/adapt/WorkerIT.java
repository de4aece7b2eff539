package io.jorch.worker.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of busybox from assignment to removal, on the real kernel.
@Timeout(120)
class WorkerIT {
    @TempDir
    private Path folder;
    private Node node;
    private WorkerDaemon daemon;
    private ManagerEnd manager;

    @BeforeEach
    void setUp() throws InterruptedException {
        node = new Node(folder);
        open();
        manager.assign(true);
    }

    private void open() throws InterruptedException {
        daemon = node.start();
        manager = node.manager();
        manager.welcome();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        daemon.close();
        node.close();
    }

    static TaskAssignment task(String id, TaskState desired, String container, String task) {
        TaskAssignment whole = Samples.task(id, desired, Samples.taskSpec(container, task));
        return new TaskAssignment(whole.taskId(), whole.serviceId(), whole.serviceName(), whole.serviceLabels(),
                whole.name(), whole.slot(), whole.desired(), whole.endpoint(), whole.spec(), whole.image(),
                new io.jorch.api.object.IdRange(1_000_000, 65_536), List.of(), Map.of(), List.of());
    }

    static String shell(String script) {
        return "'Command':['sh','-c','" + script + "']";
    }

    private List<String> output(String taskId) throws InterruptedException {
        return manager.lines(taskId).stream().map(LogLine::text).toList();
    }

    @Test
    void aTaskLivesAndLeavesNothing() throws InterruptedException {
        Map<String, String> before = node.inventory();
        manager.assign(false, task("task1", TaskState.READY, "", ""));
        manager.await("task1", TaskState.READY);
        manager.assign(false, task("task1", TaskState.RUNNING, "", ""));
        TaskStatus running = manager.await("task1", TaskState.RUNNING).status();
        assertTrue(running.ready());
        assertTrue(running.pid() != null && ProcessHandle.of(running.pid()).isPresent());
        assertFalse(before.equals(node.inventory()), "something of it is there");
        manager.assign(false, task("task1", TaskState.SHUTDOWN, "", "'ContainerSpec':{'Image':'busybox:1','StopGracePeriod':1}"));
        TaskStatus end = manager.await("task1", TaskState.SHUTDOWN).status();
        assertEquals(137, end.exitCode());
        manager.remove("task1");
        manager.await("task1", TaskState.SHUTDOWN, true);
        assertEquals(before, node.inventory());
    }

    @Test
    void theNextDaemonFindsTheSameProcess() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING, "", ""));
        TaskStatus running = manager.await("task1", TaskState.RUNNING).status();
        daemon.close();
        daemon = node.start();
        manager = node.manager();
        AgentMessage.Register register = manager.welcome();
        assertEquals(TaskState.RUNNING, register.tasks().getFirst().status().state());
        manager.assign(true, task("task1", TaskState.RUNNING, "", ""));
        manager.assign(false, task("task1", TaskState.SHUTDOWN, "", ""));
        TaskStatus end = manager.await("task1", TaskState.SHUTDOWN).status();
        assertEquals(running.pid(), end.pid());
        assertEquals(running.containerId(), end.containerId());
    }

    @Test
    void anEndWhileNoDaemonLookedIsTold() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING, shell("sleep 1; exit 9"), ""));
        TaskStatus running = manager.await("task1", TaskState.RUNNING).status();
        daemon.close();
        ProcessHandle.of(running.pid() == null ? 0 : running.pid()).ifPresent(process -> process.onExit().join());
        open();
        assertEquals(9, manager.await("task1", TaskState.FAILED).status().exitCode());
    }

    @Test
    void aProgramThatExitsAtOnceTellsItsCode() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING, shell("echo out; echo err >&2; exit 3"), ""));
        TaskStatus end = manager.await("task1", TaskState.FAILED).status();
        assertEquals("task: non-zero exit (3)", end.error());
        List<LogLine> lines = manager.lines("task1");
        assertEquals(List.of("out", "err"), lines.stream().map(LogLine::text).toList());
        assertEquals(List.of(false, true), lines.stream().map(LogLine::stderr).toList());
        manager.assign(false, task("task2", TaskState.RUNNING, shell("exit 0"), ""));
        manager.await("task2", TaskState.COMPLETE);
    }

    @Test
    void aProgramThatIsNotThereFailsWithWords() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING, "'Command':['/no/such/program']", ""));
        String error = manager.await("task1", TaskState.FAILED).status().error();
        assertTrue(error.contains("/no/such/program") || error.contains("ENOENT"), error);
    }

    @Test
    void anImageWithNothingToRunIsRejected() throws InterruptedException {
        node.image = Samples.image("");
        manager.assign(false, task("task1", TaskState.RUNNING, "", ""));
        assertTrue(manager.await("task1", TaskState.REJECTED).status().error().endsWith("give the service a command"));
    }

    @Test
    void wantOfMemoryIsSaid() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING, shell("head -c 200m /dev/zero | tail"),
                "'Resources':{'Limits':{'MemoryBytes':33554432}}"));
        assertTrue(manager.await("task1", TaskState.FAILED).status().error().startsWith("out of memory (limit 32 MiB)"));
    }

    @Test
    void itRunsWhenItsCheckPassesAndFailsWhenItNoLongerDoes() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING,
                shell("sleep 0.5; touch /tmp/well; sleep 2; rm /tmp/well; sleep 600")
                        + ",'Healthcheck':{'Test':['CMD-SHELL','cat /tmp/well || { echo sick; false; }'],"
                        + "'Interval':300000000,'Retries':2},'StopGracePeriod':1",
                ""));
        TaskStatus running = manager.await("task1", TaskState.RUNNING).status();
        assertTrue(running.ready());
        String error = manager.await("task1", TaskState.FAILED).status().error();
        assertTrue(error.startsWith("unhealthy: ") && error.contains("sick"), error);
    }

    @Test
    void readinessIsAskedByHttpInsideItsNetwork() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING,
                shell("mkdir /tmp/www; sleep 0.5; echo fine > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www"),
                "'Jorch':{'Readiness':{'Type':'http','Port':8080,'Interval':200000000,'Retries':1}}"));
        TaskStatus first = manager.await("task1", TaskState.RUNNING).status();
        TaskStatus ready = first.ready() ? first : manager.await("task1", TaskState.RUNNING).status();
        assertTrue(ready.ready());
    }

    @Test
    void theSpecShapesTheContainer() throws InterruptedException {
        manager.assign(false, task("task1", TaskState.RUNNING,
                shell("id -u; id -g; id -G; pwd; echo $WHO; echo $HOME; hostname; cat /etc/hostname; stat -c %u /var/seed; "
                        + "cat /var/seed/greeting; stat -c %a /scratch; echo x > /scratch/x \\u0026\\u0026 echo scratch; "
                        + "(echo x > /root-file) 2>/dev/null || echo read-only; cat /proc/sys/net/ipv4/tcp_keepalive_time; "
                        + "cat /proc/sys/kernel/msgmax; ulimit -n")
                        + ",'User':'app','Env':['WHO={{.Service.Name}}.{{.Task.Slot}}'],'Dir':'/var/work',"
                        + "'Hostname':'box-{{.Task.Slot}}','ReadOnly':true,'Sysctls':{'net.ipv4.tcp_keepalive_time':'77','kernel.msgmax':'9000'},"
                        + "'Ulimits':[{'Name':'nofile','Soft':100,'Hard':200}],"
                        + "'Mounts':[{'Type':'volume','Source':'seeded','Target':'/var/seed'},"
                        + "{'Type':'tmpfs','Target':'/scratch','TmpfsOptions':{'SizeBytes':1048576,'Mode':511}}]",
                ""));
        node.image = Samples.image("'Env':['PATH=/bin']");
        AgentMessage.TaskReport end = manager.await("task1", TaskState.COMPLETE);
        assertEquals(0, end.status().exitCode());
        assertEquals(List.of("1000", "1000", "1000 44", "/var/work", "web.1", "/home/app", "box-1", "box-1", "1000",
                "hello from the image", "777",
                "scratch", "read-only", "77", "9000", "100"),
                output("task1"));
    }
}
