package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/// The answer of `GET /version`.
///
/// @param goVersion of the language that it runs on: jorch says its Java here
public record SystemVersion(Product platform, List<Component> components, String version,
        @JsonProperty("ApiVersion") String apiVersion, @JsonProperty("MinAPIVersion") String minApiVersion,
        String gitCommit, String goVersion, String os, String arch, String kernelVersion, String buildTime) {

    public record Product(String name) {
    }

    public record Component(String name, String version, Map<String, String> details) {
    }

    public static SystemVersion of(NodeFacts facts, String newestApi, String oldestApi) {
        String java = "java" + Runtime.version();
        return new SystemVersion(new Product("jorch"),
                List.of(new Component("Engine", facts.version(), Map.of( //
                        "ApiVersion", newestApi, "Arch", facts.goArch(), "BuildTime", facts.builtAt().toString(),
                        "Experimental", "false", "GitCommit", facts.gitCommit(), "GoVersion", java,
                        "KernelVersion", facts.kernel(), "MinAPIVersion", oldestApi, "Os", "linux"))),
                facts.version(), newestApi, oldestApi, facts.gitCommit(), java, "linux", facts.goArch(),
                facts.kernel(), facts.builtAt().toString());
    }
}
