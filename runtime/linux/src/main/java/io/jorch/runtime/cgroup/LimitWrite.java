package io.jorch.runtime.cgroup;

import java.nio.file.Path;

/// One value to write into one file of a cgroup.
record LimitWrite(Path file, String value) {
    void apply() {
        CgroupFiles.write(file, value);
    }
}
