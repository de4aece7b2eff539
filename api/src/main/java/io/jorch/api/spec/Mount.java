package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Docker's `Mount`.
///
/// @param type `volume`, `bind`, `tmpfs` (others are refused by name)
public record Mount(String type, String source, String target, boolean readOnly, String consistency,
        @Nullable BindOptions bindOptions, @Nullable VolumeOptions volumeOptions,
        @Nullable ImageOptions imageOptions, @Nullable TmpfsOptions tmpfsOptions) {
    public Mount {
        type = Absent.text(type);
        source = Absent.text(source);
        target = Absent.text(target);
        consistency = Absent.text(consistency);
    }

    public record BindOptions(@Nullable String propagation, boolean nonRecursive, boolean createMountpoint,
            boolean readOnlyNonRecursive, boolean readOnlyForceRecursive) {
    }

    public record VolumeOptions(boolean noCopy, @Nullable Map<String, String> labels,
            @Nullable DriverConfig driverConfig, @Nullable String subpath) {
    }

    public record DriverConfig(@Nullable String name, @Nullable Map<String, String> options) {
    }

    public record ImageOptions(@Nullable String subpath) {
    }

    /// @param sizeBytes 0: the node's default
    /// @param mode permission bits, 0: 1777
    public record TmpfsOptions(long sizeBytes, int mode, @Nullable List<List<String>> options) {
    }
}
