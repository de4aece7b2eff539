package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.DnsConfig;
import io.jorch.api.spec.Privileges;
import io.jorch.api.spec.ResourceRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a [ContainerPlan] of a task. Every refusal is a [JorchException] INVALID that names the spec's field.
public final class ContainerComposer {
    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";

    private final String nodeId;
    private final NodeDescription node;
    private final NodeRules rules;

    public ContainerComposer(String nodeId, NodeDescription node, NodeRules rules) {
        this.nodeId = nodeId;
        this.node = node;
        this.rules = rules;
    }

    /// Refuses what can be refused before the image is fetched.
    public void check(TaskAssignment task) {
        SpecGate.check(task.spec(), rules);
        Template template = new Template(TemplateValues.of(task, nodeId, node));
        ContainerSpec spec = task.spec().containerSpec();
        MountRules.of(spec, ImageConfig.EMPTY, rules, template);
        LogLimits.of(task.spec().logDriver());
        hostname(spec, template, "");
        Signals.parse(CONTAINER + "StopSignal", spec.stopSignal());
        hosts(spec.hosts());
    }

    public ContainerPlan compose(TaskAssignment task, String containerId, ImageConfig image, ImageFiles files) {
        check(task);
        ContainerSpec spec = task.spec().containerSpec();
        Template template = new Template(TemplateValues.of(task, nodeId, node));
        String hostname = hostname(spec, template, containerId.substring(0, 12));
        UserIds user = UserLookup.find(spec.user().isEmpty() ? image.user() : spec.user(), spec.groups(), files);
        List<String> wished = spec.env().stream().map(entry -> template.expand(CONTAINER + "Env", entry)).toList();
        return new ContainerPlan(task.taskId(), containerId, hostname, CommandLine.of(spec, image),
                Environment.of(wished, image.env(), hostname, user.home(), spec.tty()), workingDirectory(spec, image), user,
                confinement(spec), limits(spec, task.spec().resources()), spec.readOnly(),
                Boolean.TRUE.equals(spec.init()), MountRules.of(spec, image, rules, template), spec.sysctls(),
                stopSignal(spec, image), names(spec), LogLimits.of(task.spec().logDriver()), task.ids());
    }

    private static int stopSignal(ContainerSpec spec, ImageConfig image) {
        return Signals.parse(CONTAINER + "StopSignal",
                spec.stopSignal().isEmpty() ? image.stopSignal() : spec.stopSignal());
    }

    private static String hostname(ContainerSpec spec, Template template, String otherwise) {
        String hostname = template.expand(CONTAINER + "Hostname", spec.hostname());
        if (hostname.isEmpty()) {
            return otherwise;
        }
        // RFC 1123, and the kernel's limit of 64 (sethostname(2)).
        if (!hostname.matches("[a-zA-Z0-9]([a-zA-Z0-9.-]{0,62}[a-zA-Z0-9])?")) {
            throw JorchException.invalid(CONTAINER + "Hostname",
                    "'" + hostname + "' is no host name: up to 64 letters, digits, '.' and '-'");
        }
        return hostname;
    }

    private static String workingDirectory(ContainerSpec spec, ImageConfig image) {
        String wanted = spec.dir().isEmpty() ? image.workingDir() : spec.dir();
        if (wanted.isEmpty()) {
            return "/";
        }
        if (!wanted.startsWith("/") || wanted.indexOf('\0') >= 0) {
            throw JorchException.invalid(CONTAINER + "Dir", "'" + wanted.replace('\0', '?') + "' must be an absolute path");
        }
        return java.nio.file.Path.of(wanted).normalize().toString();
    }

    private static ContainerPlan.Confinement confinement(ContainerSpec spec) {
        Privileges privileges = spec.privileges();
        boolean confined = privileges == null || privileges.seccomp() == null
                || !"unconfined".equals(privileges.seccomp().mode());
        boolean noNewPrivileges = privileges == null || !Boolean.FALSE.equals(privileges.noNewPrivileges());
        return new ContainerPlan.Confinement(spec.capabilityAdd(), spec.capabilityDrop(), noNewPrivileges, confined);
    }

    private static ContainerPlan.Limits limits(ContainerSpec spec, @Nullable ResourceRequirements resources) {
        ResourceRequirements.Limits limits = resources == null ? null : resources.limits();
        ResourceRequirements.Reservations reservations = resources == null ? null : resources.reservations();
        return new ContainerPlan.Limits(limits == null ? 0 : limits.nanoCPUs(), limits == null ? 0 : limits.memoryBytes(),
                reservations == null ? 0 : reservations.memoryBytes(), limits == null ? 0 : limits.pids(), spec.ulimits(),
                (int) spec.oomScoreAdj());
    }

    private static ContainerPlan.Names names(ContainerSpec spec) {
        DnsConfig dns = spec.dnsConfig() == null ? new DnsConfig(List.of(), List.of(), List.of()) : spec.dnsConfig();
        return new ContainerPlan.Names(dns.nameservers(), dns.search(), dns.options(), hosts(spec.hosts()));
    }

    /// Swarm's `Hosts` are lines of hosts(5): `address name [alias…]`.
    private static List<String> hosts(List<String> lines) {
        for (String line : lines) {
            if (!line.matches("[0-9a-fA-F.:]+( +[a-zA-Z0-9_.-]+)+")) {
                throw JorchException.invalid(CONTAINER + "Hosts", "'" + line + "' is not 'address name [alias…]'");
            }
        }
        return lines;
    }
}
