package io.jorch.api.spec;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user wishes a service to be: Docker's `ServiceSpec`, to the letter. The system never edits it.
/// Durations are nanoseconds.
///
/// @param mode null means replicated with one replica
/// @param networks the deprecated place for networks; [#attachments] answers whichever is set
/// @param jorch what Docker's API has no word for; an update in which it is absent keeps the stored one
public record ServiceSpec(String name, Map<String, String> labels, TaskSpec taskTemplate,
        @JsonDeserialize(using = ServiceModeCodec.Reader.class)
        @JsonSerialize(using = ServiceModeCodec.Writer.class) @Nullable ServiceMode mode, @Nullable UpdateConfig updateConfig, @Nullable UpdateConfig rollbackConfig,
        List<NetworkAttachment> networks, @Nullable EndpointSpec endpointSpec, @Nullable ServiceExtension jorch) {
    public ServiceSpec {
        name = Absent.text(name);
        labels = Absent.map(labels);
        networks = Absent.list(networks);
    }

    /// The mode, with the default filled in.
    public ServiceMode modeOrDefault() {
        return mode == null ? new ServiceMode.Replicated(1L) : mode;
    }

    /// The networks the tasks attach to: the task template's, else the service's own (Docker API before 1.25).
    public List<NetworkAttachment> attachments() {
        return taskTemplate.networks().isEmpty() ? networks : taskTemplate.networks();
    }

    public ServiceSpec withTaskTemplate(TaskSpec template) {
        return new ServiceSpec(name, labels, template, mode, updateConfig, rollbackConfig, networks, endpointSpec,
                jorch);
    }

    public ServiceSpec withMode(ServiceMode newMode) {
        return new ServiceSpec(name, labels, taskTemplate, newMode, updateConfig, rollbackConfig, networks,
                endpointSpec, jorch);
    }

    public ServiceSpec withJorch(@Nullable ServiceExtension extension) {
        return new ServiceSpec(name, labels, taskTemplate, mode, updateConfig, rollbackConfig, networks, endpointSpec,
                extension);
    }

    /// With the stored spec's `UpdateConfig.Jorch` and `RollbackConfig.Jorch` where this one has none.
    public ServiceSpec keepingRolloutExtensions(ServiceSpec stored) {
        return new ServiceSpec(name, labels, taskTemplate, mode, keeping(updateConfig, stored.updateConfig),
                keeping(rollbackConfig, stored.rollbackConfig), networks, endpointSpec, jorch);
    }

    private static @Nullable UpdateConfig keeping(@Nullable UpdateConfig config, @Nullable UpdateConfig stored) {
        return config == null || stored == null || config.jorch() != null ? config : config.withJorch(stored.jorch());
    }
}
