package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Turns a spec's mounts, and the volumes that its image declares, into what is to be done. What isn't known is
/// refused by name.
final class MountRules {
    private static final String FIELD = "TaskTemplate.ContainerSpec.Mounts";
    private static final int ALL_MAY_WRITE = 01777;

    private MountRules() {
    }

    static List<PlannedMount> of(ContainerSpec spec, ImageConfig image, NodeRules rules, Template template) {
        List<PlannedMount> planned = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (Mount mount : spec.mounts()) {
            PlannedMount plan = plan(mount, rules, template);
            if (!targets.add(plan.target())) {
                throw JorchException.invalid(FIELD, "two mounts at " + plan.target() + ": leave one");
            }
            planned.add(plan);
        }
        if (spec.readOnly()) {
            // In a writable root a declared volume needs nothing: what is written there goes with the task anyway.
            image.volumes().keySet().stream().map(path -> Path.of(path).normalize().toString())
                    .filter(path -> path.startsWith("/") && !path.equals("/") && targets.add(path))
                    .forEach(path -> planned.add(new PlannedMount.Volume("", path, false, true)));
        }
        // Parents first, so that no mount hides another.
        planned.sort(java.util.Comparator.comparingInt(mount -> Path.of(mount.target()).getNameCount()));
        return List.copyOf(planned);
    }

    private static PlannedMount plan(Mount mount, NodeRules rules, Template template) {
        String source = template.expand(FIELD + ".Source", mount.source());
        String target = target(template.expand(FIELD + ".Target", mount.target()));
        return switch (mount.type()) {
            case "volume", "" -> volume(mount, source, target);
            case "bind" -> bind(mount, source, target, rules);
            case "tmpfs" -> tmpfs(mount, target);
            default -> throw JorchException.invalid(FIELD + ".Type",
                    "'" + mount.type() + "' is not supported: use volume, tmpfs or bind");
        };
    }

    private static PlannedMount volume(Mount mount, String source, String target) {
        if (!source.isEmpty() && !source.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}")) {
            throw JorchException.invalid(FIELD + ".Source",
                    "'" + source + "' is no volume's name: letters, digits, '_', '.' and '-'; for a path use a bind");
        }
        Mount.VolumeOptions options = mount.volumeOptions();
        if (options == null) {
            return new PlannedMount.Volume(source, target, mount.readOnly(), true);
        }
        if (options.subpath() != null && !options.subpath().isEmpty()) {
            throw JorchException.invalid(FIELD + ".VolumeOptions.Subpath", "is not supported: mount the whole volume");
        }
        Mount.DriverConfig driver = options.driverConfig();
        if (driver != null && driver.name() != null && !driver.name().isEmpty() && !driver.name().equals("local")) {
            throw JorchException.invalid(FIELD + ".VolumeOptions.DriverConfig.Name",
                    "'" + driver.name() + "' is not supported: use local");
        }
        if (driver != null && driver.options() != null && !driver.options().isEmpty()) {
            throw JorchException.invalid(FIELD + ".VolumeOptions.DriverConfig.Options",
                    "are not supported: local volumes have none");
        }
        return new PlannedMount.Volume(source, target, mount.readOnly(), !options.noCopy());
    }

    private static PlannedMount bind(Mount mount, String source, String target, NodeRules rules) {
        if (!rules.bindMounts()) {
            throw JorchException.invalid(FIELD, "bind of " + source
                    + " is refused: this node doesn't let tasks see host paths (node setting allow-binds)");
        }
        Path path = Path.of(source);
        if (!path.isAbsolute() || !path.normalize().toString().equals(source)) {
            throw JorchException.invalid(FIELD + ".Source",
                    "'" + source + "' must be an absolute path without '.', '..' or a slash at its end");
        }
        Mount.BindOptions options = mount.bindOptions();
        if (options == null) {
            return new PlannedMount.Bind(source, target, mount.readOnly(), true, false);
        }
        String propagation = options.propagation();
        if (propagation != null && !Set.of("", "private", "rprivate").contains(propagation)) {
            throw JorchException.invalid(FIELD + ".BindOptions.Propagation",
                    "'" + propagation + "' is not supported: use rprivate");
        }
        if (options.readOnlyNonRecursive()) {
            throw JorchException.invalid(FIELD + ".BindOptions.ReadOnlyNonRecursive",
                    "is not supported: a read-only bind is read-only as a whole");
        }
        return new PlannedMount.Bind(source, target, mount.readOnly() || options.readOnlyForceRecursive(),
                !options.nonRecursive(), options.createMountpoint());
    }

    private static PlannedMount tmpfs(Mount mount, String target) {
        Mount.TmpfsOptions options = mount.tmpfsOptions();
        if (options == null) {
            return new PlannedMount.Tmpfs(target, mount.readOnly(), 0, ALL_MAY_WRITE, false);
        }
        if (options.sizeBytes() < 0) {
            throw JorchException.invalid(FIELD + ".TmpfsOptions.SizeBytes", "is negative");
        }
        if (options.mode() < 0 || options.mode() > 07777) {
            throw JorchException.invalid(FIELD + ".TmpfsOptions.Mode", "has more than permission bits");
        }
        boolean executable = false;
        for (List<String> option : options.options() == null ? List.<List<String>>of() : options.options()) {
            if (option.equals(List.of("exec"))) {
                executable = true;
            } else if (!option.equals(List.of("noexec"))) {
                throw JorchException.invalid(FIELD + ".TmpfsOptions.Options",
                        String.join("=", option) + " is not supported: use exec or noexec");
            }
        }
        return new PlannedMount.Tmpfs(target, mount.readOnly(), options.sizeBytes(),
                options.mode() == 0 ? ALL_MAY_WRITE : options.mode(), executable);
    }

    private static String target(String target) {
        Path path = Path.of(target);
        if (!path.isAbsolute() || path.normalize().getNameCount() == 0) {
            throw JorchException.invalid(FIELD + ".Target", "'" + target + "' must be an absolute path below /");
        }
        return path.normalize().toString();
    }
}
