package io.jorch.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// v1 controllers with a v2 tree beside them, which gives what v1 lacks: killing and freezing all at once, and knowing
/// when a cgroup is empty.
///
/// @param v1      mount point by controller
/// @param unified mount point of the v2 tree
record V1Hybrid(Map<String, Path> v1, Path unified) implements Cgroups {
    V1Hybrid {
        v1 = Map.copyOf(v1);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> available() {
        Set<String> available = new HashSet<>(WANTED);
        available.removeIf(controller -> !v1.containsKey(controller.equals("io") ? "blkio" : controller));
        return available;
    }

    @Override
    public TaskCgroup create(CgroupName name, CgroupLimits limits) {
        V1Controllers controllers = controllers(name);
        Path devices = controllers.byController().get("devices");
        return CgroupCreation.create(name, controllers, controllers.unified(), limits, rules -> {
            if (devices != null) {
                DeviceFilter.applyV1(devices, rules);
            } else {
                DeviceFilter.applyV2(controllers.unified(), rules);
            }
        });
    }

    @Override
    public TaskCgroup open(CgroupName name) {
        V1Controllers controllers = controllers(name);
        return new TaskCgroup(name, controllers, controllers.unified());
    }

    private V1Controllers controllers(CgroupName name) {
        Map<String, Path> byController = new HashMap<>();
        v1.forEach((controller, point) -> byController.put(controller, point.resolve(name.path())));
        return new V1Controllers(byController, unified.resolve(name.path()));
    }

    @Override
    public Set<String> list(String node) {
        Set<String> names = new HashSet<>();
        for (Path parent : parents(node)) {
            CgroupFiles.children(parent).forEach(child -> names.add(child.getFileName().toString()));
        }
        return names;
    }

    @Override
    public void removeParent(String node) {
        parents(node).stream().filter(Files::exists).forEach(CgroupCreation::removeIfUnused);
    }

    private Set<Path> parents(String node) {
        Set<Path> parents = new HashSet<>();
        v1.values().forEach(point -> parents.add(point.resolve(CgroupName.parent(node))));
        parents.add(unified.resolve(CgroupName.parent(node)));
        return parents;
    }
}
