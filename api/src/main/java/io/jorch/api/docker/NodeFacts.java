package io.jorch.api.docker;

import io.jorch.api.json.Absent;
import java.time.Instant;
import java.util.List;

/// What a node's daemon knows of itself and its machine, for `/info` and `/version`.
///
/// @param version jorch's, e.g. `0.1.0`
/// @param builtAt of the daemon's build
/// @param kernel as `uname -r`
/// @param operatingSystem e.g. `Debian GNU/Linux 12 (bookworm)`; `osVersion` e.g. `12`
/// @param machine as `uname -m`, e.g. `x86_64`
/// @param goArch the same in OCI's spelling, e.g. `amd64`
/// @param memoryBytes of the whole machine
/// @param cgroupVersion `1` or `2`
/// @param securityOptions in Docker's form, e.g. `name=seccomp,profile=builtin`
/// @param labels of the engine, `key=value`
/// @param warnings for people: what this machine lacks
/// @param dataPathPort UDP port of VXLAN
public record NodeFacts(String version, String gitCommit, Instant builtAt, String hostname, String dataFolder,
        String kernel, String operatingSystem, String osVersion, String machine, String goArch, int processors,
        long memoryBytes, String cgroupVersion, List<String> securityOptions, List<String> labels,
        List<String> warnings, int dataPathPort) {
    public NodeFacts {
        securityOptions = Absent.list(securityOptions);
        labels = Absent.list(labels);
        warnings = Absent.list(warnings);
    }
}
