package io.jorch.images.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a registry asks for by `WWW-Authenticate` (RFC 9110, 11.6.1).
///
/// @param scheme lower case: `basic` or `bearer`
/// @param parameters names in lower case; `realm`, `service`, `scope`
record Challenge(String scheme, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern
            .compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");
    private static final int LONGEST = 8192;

    /// The strongest of the headers that jorch can answer: bearer before basic.
    static Optional<Challenge> choose(List<String> headers) {
        List<Challenge> challenges = headers.stream().filter(header -> header.length() <= LONGEST).map(Challenge::parse)
                .toList();
        return challenges.stream().filter(each -> each.scheme.equals("bearer") && each.parameters.containsKey("realm"))
                .findFirst().or(() -> challenges.stream().filter(each -> each.scheme.equals("basic")).findFirst());
    }

    private static Challenge parse(String header) {
        String text = header.strip();
        int space = text.indexOf(' ');
        String scheme = (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(space < 0 ? "" : text.substring(space));
        while (matcher.find()) {
            String quoted = matcher.group(2);
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return new Challenge(scheme, parameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
