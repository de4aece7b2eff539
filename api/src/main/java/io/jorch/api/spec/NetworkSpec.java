package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.Map;

/// What a user wishes a network to be: the fields of Docker's `NetworkCreateRequest` that shape it.
///
/// @param driver `overlay` (default); others are refused by name
/// @param subnet CIDR or empty: from the cluster's default pool
public record NetworkSpec(String name, Map<String, String> labels, String driver, boolean internal,
        boolean attachable, boolean ingress, Map<String, String> options, String subnet, String gateway,
        String ipRange) {
    public NetworkSpec {
        name = Absent.text(name);
        labels = Absent.map(labels);
        driver = Absent.text(driver);
        options = Absent.map(options);
        subnet = Absent.text(subnet);
        gateway = Absent.text(gateway);
        ipRange = Absent.text(ipRange);
    }
}
