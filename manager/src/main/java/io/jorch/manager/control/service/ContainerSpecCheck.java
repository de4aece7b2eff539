package io.jorch.manager.control.service;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.DnsConfig;
import io.jorch.api.spec.HealthConfig;
import io.jorch.api.spec.Mount;
import io.jorch.api.spec.Privileges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a container's spec makes sense by itself. What jorch doesn't have is refused by name: nothing is passed over
/// in silence.
final class ContainerSpecCheck {
    private static final String AT = "TaskTemplate.ContainerSpec.";
    /// 1 ms, in nanoseconds: Docker's least interval.
    private static final long LEAST_INTERVAL = 1_000_000;
    private static final int LOWEST_OOM_SCORE = -1000;
    private static final int HIGHEST_OOM_SCORE = 1000;

    private ContainerSpecCheck() {
    }

    static void check(ContainerSpec container) {
        if (container.image().isBlank()) {
            throw JorchException.invalid(AT + "Image", "is empty: name an image");
        }
        for (String variable : container.env()) {
            if (variable.isEmpty() || variable.startsWith("=") || variable.indexOf('\0') >= 0) {
                throw JorchException.invalid(AT + "Env", "'" + variable + "' is no NAME=VALUE");
            }
        }
        ServiceSpecCheck.oneOf(AT + "Isolation", container.isolation(), "", "default");
        ServiceSpecCheck.notNegative(AT + "StopGracePeriod", container.stopGracePeriod());
        if (container.oomScoreAdj() < LOWEST_OOM_SCORE || container.oomScoreAdj() > HIGHEST_OOM_SCORE) {
            throw JorchException.invalid(AT + "OomScoreAdj", container.oomScoreAdj() + " is not in -1000–1000");
        }
        mounts(container.mounts());
        health(container.healthcheck());
        dns(container.dnsConfig());
        privileges(container.privileges());
    }

    private static void mounts(List<Mount> mounts) {
        Set<String> targets = new HashSet<>();
        for (Mount mount : mounts) {
            if (!List.of("volume", "bind", "tmpfs").contains(mount.type())) {
                throw JorchException.invalid(AT + "Mounts.Type", "'" + mount.type()
                        + "' is not offered: use volume, bind or tmpfs");
            }
            if (!mount.target().startsWith("/")) {
                throw JorchException.invalid(AT + "Mounts.Target", "invalid mount target, must be an absolute path: "
                        + mount.target());
            }
            if (!targets.add(mount.target())) {
                throw JorchException.invalid(AT + "Mounts.Target", "duplicate mount point: " + mount.target());
            }
            if (mount.type().equals("bind") && !mount.source().startsWith("/")) {
                throw JorchException.invalid(AT + "Mounts.Source", "invalid bind mount source, must be an absolute path: "
                        + mount.source());
            }
            if (mount.type().equals("tmpfs") && !mount.source().isEmpty()) {
                throw JorchException.invalid(AT + "Mounts.Source", "means nothing in a tmpfs mount: leave it out");
            }
            driver(mount.volumeOptions());
        }
    }

    private static void driver(Mount.@Nullable VolumeOptions options) {
        Mount.DriverConfig driver = options == null ? null : options.driverConfig();
        String name = driver == null ? null : driver.name();
        if (name != null && !name.isEmpty() && !name.equals("local")) {
            throw JorchException.invalid(AT + "Mounts.VolumeOptions.DriverConfig.Name",
                    "'" + name + "' is not offered: use local");
        }
    }

    private static void health(@Nullable HealthConfig health) {
        if (health == null) {
            return;
        }
        if (!health.test().isEmpty()) {
            ServiceSpecCheck.oneOf(AT + "Healthcheck.Test", health.test().getFirst(), "NONE", "CMD", "CMD-SHELL");
        }
        interval("Interval", health.interval());
        interval("Timeout", health.timeout());
        interval("StartPeriod", health.startPeriod());
        interval("StartInterval", health.startInterval());
        if (health.retries() < 0) {
            throw JorchException.invalid(AT + "Healthcheck.Retries", "is negative: use 0 to inherit, or more");
        }
    }

    private static void interval(String name, long nanoseconds) {
        if (nanoseconds != 0 && nanoseconds < LEAST_INTERVAL) {
            throw JorchException.invalid(AT + "Healthcheck." + name, "is less than 1 ms: give nanoseconds, 0 to inherit");
        }
    }

    private static void dns(@Nullable DnsConfig dns) {
        if (dns != null) {
            for (String server : dns.nameservers()) {
                if (!server.matches("[0-9.]+|[0-9a-fA-F:.]+")) {
                    throw JorchException.invalid(AT + "DNSConfig.Nameservers", "'" + server + "' is no IP address");
                }
            }
        }
    }

    private static void privileges(@Nullable Privileges privileges) {
        if (privileges != null && privileges.credentialSpec() != null) {
            throw JorchException.invalid(AT + "Privileges.CredentialSpec", "is for Windows containers only: leave it out");
        }
    }
}
