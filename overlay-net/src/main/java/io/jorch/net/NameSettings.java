package io.jorch.net;

import java.util.List;

/// A task's own settings for names, Docker's `DNSConfig`.
///
/// @param nameservers asked for outside names instead of the host's, if any
/// @param search search domains instead of the host's, if any; `.` alone means none
/// @param options resolv.conf options such as `ndots:2`
public record NameSettings(List<String> nameservers, List<String> search, List<String> options) {
    public static final NameSettings NONE = new NameSettings(List.of(), List.of(), List.of());

    public NameSettings {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }
}
