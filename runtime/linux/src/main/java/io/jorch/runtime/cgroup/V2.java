package io.jorch.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The v2 hierarchy alone.
///
/// Controllers are handed down level by level, and only by a cgroup that holds no processes (the machine's root
/// excepted). Where we run in a container, its root holds at least ourselves: then the daemon moves itself into a leaf
/// of its own. Other processes there are not ours to move; controllers that can't be handed down because of them are
/// missing, and limits that need them are refused.
///
/// @param root mount point
record V2(Path root) implements Cgroups {
    private static final Logger LOG = LoggerFactory.getLogger(V2.class);

    private static final String SUBTREE = "cgroup.subtree_control";

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Set<String> available() {
        Set<String> available = new HashSet<>(words(root.resolve("cgroup.controllers")));
        available.retainAll(WANTED);
        return available;
    }

    @Override
    public TaskCgroup create(CgroupName name, CgroupLimits limits) {
        Path parent = root.resolve(CgroupName.parent(name.node()));
        CgroupFiles.make(parent);
        handDown(root, name.node());
        handDown(parent, name.node());
        V2Controllers controllers = controllers(name);
        return CgroupCreation.create(name, controllers, controllers.directory(), limits,
                rules -> DeviceFilter.applyV2(controllers.directory(), rules));
    }

    /// Gives a cgroup's children the controllers it has itself, one by one, so that one that can't be given takes no
    /// other with it.
    private void handDown(Path cgroup, String node) {
        Set<String> given = words(cgroup.resolve(SUBTREE));
        for (String controller : words(cgroup.resolve("cgroup.controllers"))) {
            if (WANTED.contains(controller) && !given.contains(controller)) {
                try {
                    give(cgroup, controller, node);
                } catch (CgroupException refused) {
                    LOG.warn("cgroup={} controller={} error=\"{}\" effect=\"limits that need it are refused\"", cgroup,
                            controller, refused.getMessage());
                }
            }
        }
    }

    private void give(Path cgroup, String controller, String node) {
        LimitWrite write = new LimitWrite(cgroup.resolve(SUBTREE), "+" + controller);
        try {
            write.apply();
        } catch (CgroupException busy) {
            // Only the machine's root has no type, and it may hold processes; elsewhere busy means that it does.
            if (!busy.errno().equals("EBUSY") || !cgroup.equals(root) || !Files.exists(root.resolve("cgroup.type"))) {
                throw busy;
            }
            Path leaf = root.resolve(new CgroupName(node, CgroupName.DAEMON).path());
            CgroupFiles.make(leaf);
            CgroupFiles.write(leaf.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
            write.apply();
        }
    }

    @Override
    public TaskCgroup open(CgroupName name) {
        V2Controllers controllers = controllers(name);
        return new TaskCgroup(name, controllers, controllers.directory());
    }

    private V2Controllers controllers(CgroupName name) {
        Path parent = root.resolve(CgroupName.parent(name.node()));
        return new V2Controllers(root.resolve(name.path()), words(parent.resolve(SUBTREE)));
    }

    @Override
    public Set<String> list(String node) {
        return CgroupFiles.children(root.resolve(CgroupName.parent(node))).stream()
                .map(child -> child.getFileName().toString()).collect(Collectors.toSet());
    }

    @Override
    public void removeParent(String node) {
        Path parent = root.resolve(CgroupName.parent(node));
        if (Files.exists(parent)) {
            CgroupCreation.removeIfUnused(parent);
        }
    }

    private static Set<String> words(Path file) {
        return Files.exists(file) ? Set.copyOf(List.of(CgroupFiles.read(file).split(" "))) : Set.of();
    }
}
