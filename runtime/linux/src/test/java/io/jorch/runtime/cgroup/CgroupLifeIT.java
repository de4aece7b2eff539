package io.jorch.runtime.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Making, ending and clearing away cgroups against the real kernel.
@Timeout(60)
class CgroupLifeIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final String node = "life" + Long.toString(ProcessHandle.current().pid(), 36);
    private final Cgroups cgroups = Cgroups.detect();

    @AfterEach
    void nothingIsLeftInAnyHierarchy() {
        cgroups.sweep(node, Set.of());
        Set<Path> parents = cgroups.open(name("any")).joinDirectories().stream().map(Path::getParent)
                .collect(Collectors.toSet());
        assertEquals(List.of(), parents.stream().filter(Files::exists).toList());
    }

    private CgroupName name(String id) {
        return new CgroupName(node, id);
    }

    @Test
    void killEndsEveryProcessAtOnce() throws IOException {
        TaskCgroup task = cgroups.create(name("killed"), CgroupLimits.DEVICES_ONLY);
        assertFalse(task.populated());
        try (CgroupProcess process = CgroupProcess.start(task,
                "sleep 1000 & setsid sleep 1000 & echo running; trap '' TERM INT; wait")) {
            assertEquals("running", process.line());
            assertTrue(task.populated());
            assertThrows(JorchException.class, task::remove);
            assertFalse(task.awaitEmpty(Duration.ofMillis(50)));
            task.kill();
            assertTrue(task.awaitEmpty(SOON));
            task.remove();
            task.remove();
            assertFalse(task.populated());
        }
    }

    @Test
    void freezeStopsThawResumesAndTheFrozenCanBeKilled() throws IOException {
        TaskCgroup task = cgroups.create(name("frozen"), CgroupLimits.DEVICES_ONLY);
        try (CgroupProcess process = CgroupProcess.start(task, "while :; do echo tick; sleep 0.01; done")) {
            assertEquals("tick", process.line());
            task.freeze();
            assertTrue(task.awaitFrozen(SOON));
            task.thaw();
            assertEquals("tick", process.line());
            task.freeze();
            assertTrue(task.awaitFrozen(SOON));
            task.kill();
            assertTrue(task.awaitEmpty(SOON));
        }
    }

    @Test
    void aRefusedLimitNamesFileValueAndErrorAndLeavesNothing() {
        JorchException refused = assertThrows(JorchException.class, () -> cgroups.create(name("wrong"),
                CgroupLimits.DEVICES_ONLY.withPids(5).withCpus(0, 0, "99")));
        assertTrue(refused.getMessage().matches("can't write \"99\" to .*/wrong/cpuset.cpus: (EINVAL|ERANGE)"),
                refused.getMessage());
        assertEquals(ErrorCode.INVALID, refused.code());
        assertEquals(Set.of(), cgroups.list(node));
    }

    @Test
    void theSameNameTwiceIsAConflictAndLeavesTheFirst() {
        TaskCgroup first = cgroups.create(name("twice"), CgroupLimits.DEVICES_ONLY.withPids(7));
        JorchException conflict = assertThrows(JorchException.class,
                () -> cgroups.create(name("twice"), CgroupLimits.DEVICES_ONLY));
        assertEquals(ErrorCode.CONFLICT, conflict.code());
        assertEquals(7, first.stats().pidsLimit());
    }

    @Test
    void sweepRemovesWhatIsNotKeptAndOnlyThisNodes() throws IOException {
        cgroups.create(name("kept"), CgroupLimits.DEVICES_ONLY);
        cgroups.create(name("empty"), CgroupLimits.DEVICES_ONLY);
        TaskCgroup shims = cgroups.shims(node);
        assertEquals(shims.joinDirectories(), cgroups.shims(node).joinDirectories());
        TaskCgroup running = cgroups.create(name("running"), CgroupLimits.DEVICES_ONLY);
        String neighbour = node + "x";
        cgroups.create(new CgroupName(neighbour, "kept"), CgroupLimits.DEVICES_ONLY);
        try (CgroupProcess process = CgroupProcess.start(running, "echo x; sleep 1000")) {
            process.line();
            assertEquals(Set.of("empty", "running"), Set.copyOf(cgroups.sweep(node, Set.of("kept", "_shims"))));
            assertEquals(Set.of("kept", "_shims"), cgroups.list(node));
            assertEquals(Set.of("kept"), cgroups.list(neighbour));
        } finally {
            cgroups.sweep(neighbour, Set.of());
        }
    }

    @Test
    void whatTheTaskMadeBelowGoesWithIt() {
        TaskCgroup task = cgroups.create(name("nested"), CgroupLimits.DEVICES_ONLY);
        CgroupFiles.make(task.unified().resolve("inner"));
        CgroupFiles.make(task.unified().resolve("inner/most"));
        task.remove();
        assertEquals(Set.of(), cgroups.list(node));
    }

    @Test
    void aRestartedDaemonOpensWhatAnEarlierOneMade() throws IOException {
        cgroups.create(name("adopted"), CgroupLimits.DEVICES_ONLY.withPids(33));
        TaskCgroup opened = Cgroups.detect().open(name("adopted"));
        assertEquals(33, opened.stats().pidsLimit());
        assertEquals(0, CgroupProcess.run(opened, "true").exit());
    }

    @Test
    void creationIsFast() {
        int rounds = 50;
        long begin = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            cgroups.create(name("fast"), CgroupLimits.DEVICES_ONLY.withPids(512).withMemory(64 << 20, 0, 0)
                    .withCpus(500_000_000, 0, "")).remove();
        }
        long micros = (System.nanoTime() - begin) / rounds / 1000;
        System.out.println("cgroup create+remove micros=" + micros + " version=" + cgroups.version());
        assertTrue(micros < 100_000, "creation and removal took " + micros + " µs");
    }
}
