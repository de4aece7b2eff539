package io.jorch.net;

import io.jorch.api.error.JorchException;
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
        check("Nameservers", nameservers);
        check("Search", search);
        check("Options", options);
    }

    /// Each becomes a word of resolv.conf.
    private static void check(String field, List<String> words) {
        for (String word : words) {
            if (word.isEmpty() || !word.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
                throw JorchException.invalid("DNSConfig." + field, "\"" + word + "\" is not one word");
            }
        }
    }
}
