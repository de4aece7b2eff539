package io.jorch.cli.service;

import io.jorch.api.error.JorchException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// `key=value,key2=value2,flag` as Docker's long flag forms have it.
final class Pairs {
    private Pairs() {
    }

    /// @param known the keys that the flag takes
    /// @throws JorchException INVALID, naming the flag and the key
    static Map<String, String> parse(String flag, String text, Set<String> known) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            String key = (equals < 0 ? field : field.substring(0, equals)).strip();
            if (!known.contains(key)) {
                throw JorchException.invalid(flag, "'" + key + "' is no key of it: use one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            pairs.merge(key, equals < 0 ? "true" : field.substring(equals + 1), (first, second) -> first + "\n" + second);
        }
        return pairs;
    }

    /// `a=b` split at the first `=`; a missing value is empty.
    static Map.Entry<String, String> keyValue(String flag, String text) {
        int equals = text.indexOf('=');
        if (equals == 0 || text.isEmpty()) {
            throw JorchException.invalid(flag, "'" + text + "' is not KEY=VALUE");
        }
        return equals < 0
                ? Map.entry(text, "")
                : Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }
}
