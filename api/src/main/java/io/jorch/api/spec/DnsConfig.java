package io.jorch.api.spec;

import io.jorch.api.json.Absent;
import java.util.List;

/// Docker's `DNSConfig`.
public record DnsConfig(List<String> nameservers, List<String> search, List<String> options) {
    public DnsConfig {
        nameservers = Absent.list(nameservers);
        search = Absent.list(search);
        options = Absent.list(options);
    }
}
