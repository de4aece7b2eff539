package io.jorch.api.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of `POST /networks/create`.
///
/// @param checkDuplicate of API versions before 1.44: names never are
public record NetworkCreateRequest(String name, boolean checkDuplicate, String driver, String scope,
        @JsonProperty("EnableIPv4") @Nullable Boolean enableIpv4,
        @JsonProperty("EnableIPv6") @Nullable Boolean enableIpv6, @JsonProperty("IPAM") @Nullable Ipam ipam,
        boolean internal, boolean attachable, boolean ingress, boolean configOnly, @Nullable ConfigFrom configFrom,
        Map<String, String> options, Map<String, String> labels) {
    public NetworkCreateRequest {
        name = Absent.text(name);
        driver = Absent.text(driver);
        scope = Absent.text(scope);
        options = Absent.map(options);
        labels = Absent.map(labels);
    }

    public record Ipam(String driver, Map<String, String> options, List<IpamConfig> config) {
        public Ipam {
            driver = Absent.text(driver);
            options = Absent.map(options);
            config = Absent.list(config);
        }
    }

    public record IpamConfig(String subnet, @JsonProperty("IPRange") String ipRange, String gateway,
            Map<String, String> auxiliaryAddresses) {
        public IpamConfig {
            subnet = Absent.text(subnet);
            ipRange = Absent.text(ipRange);
            gateway = Absent.text(gateway);
            auxiliaryAddresses = Absent.map(auxiliaryAddresses);
        }
    }

    public record ConfigFrom(String network) {
        public ConfigFrom {
            network = Absent.text(network);
        }
    }
}
