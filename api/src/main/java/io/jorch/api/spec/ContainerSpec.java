package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The container of a task: Docker's `ContainerSpec`.
///
/// @param init null: the node's default (off)
/// @param stopGracePeriod nanoseconds between the stop signal and the kill; null: 10 s
public record ContainerSpec(String image, Map<String, String> labels, List<String> command, List<String> args,
        String hostname, List<String> env, String dir, String user, List<String> groups,
        @Nullable Privileges privileges, @Nullable Boolean init, String stopSignal,
        @JsonProperty("TTY") boolean tty, boolean openStdin, boolean readOnly, List<Mount> mounts,
        @Nullable Long stopGracePeriod, @JsonAlias("HealthCheck") @Nullable HealthConfig healthcheck,
        List<String> hosts, @JsonProperty("DNSConfig") @Nullable DnsConfig dnsConfig, List<SecretReference> secrets,
        List<ConfigReference> configs, String isolation, Map<String, String> sysctls, List<String> capabilityAdd,
        List<String> capabilityDrop, List<Ulimit> ulimits, long oomScoreAdj) {
    public ContainerSpec {
        image = Absent.text(image);
        labels = Absent.map(labels);
        command = Absent.list(command);
        args = Absent.list(args);
        hostname = Absent.text(hostname);
        env = Absent.list(env);
        dir = Absent.text(dir);
        user = Absent.text(user);
        groups = Absent.list(groups);
        stopSignal = Absent.text(stopSignal);
        mounts = Absent.list(mounts);
        hosts = Absent.list(hosts);
        secrets = Absent.list(secrets);
        configs = Absent.list(configs);
        isolation = Absent.text(isolation);
        sysctls = Absent.map(sysctls);
        capabilityAdd = Absent.list(capabilityAdd);
        capabilityDrop = Absent.list(capabilityDrop);
        ulimits = Absent.list(ulimits);
    }

    /// 10 s, in nanoseconds.
    public static final long DEFAULT_STOP_GRACE_PERIOD = 10_000_000_000L;

    public long stopGracePeriodOrDefault() {
        return stopGracePeriod == null ? DEFAULT_STOP_GRACE_PERIOD : stopGracePeriod;
    }

    public ContainerSpec withImage(String newImage) {
        return new ContainerSpec(newImage, labels, command, args, hostname, env, dir, user, groups, privileges, init,
                stopSignal, tty, openStdin, readOnly, mounts, stopGracePeriod, healthcheck, hosts, dnsConfig, secrets,
                configs, isolation, sysctls, capabilityAdd, capabilityDrop, ulimits, oomScoreAdj);
    }
}
