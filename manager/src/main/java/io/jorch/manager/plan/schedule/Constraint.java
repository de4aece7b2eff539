package io.jorch.manager.plan.schedule;

import io.jorch.api.error.JorchException;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One placement constraint: `node.labels.zone == east` (swarmkit, `constraint.go`). Values are compared without case.
///
/// @param key what of the node is looked at
/// @param equal `==`, else `!=`
public record Constraint(String key, boolean equal, String value) {
    private static final Pattern FORM = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.\\-]*)\\s*(==|!=)\\s*(.*?)\\s*");
    private static final String NODE_LABEL = "node.labels.";
    private static final String ENGINE_LABEL = "engine.labels.";
    private static final List<String> KEYS = List.of("node.id", "node.hostname", "node.ip", "node.role",
            "node.platform.os", "node.platform.arch");

    /// @param field named when the text is no constraint
    public static Constraint parse(String text, String field) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || matcher.group(3).isEmpty()) {
            throw JorchException.invalid(field, "\"" + text + "\" is no constraint: write KEY==VALUE or KEY!=VALUE");
        }
        String key = matcher.group(1);
        String lower = key.toLowerCase(Locale.ROOT);
        boolean label = lower.startsWith(NODE_LABEL) && lower.length() > NODE_LABEL.length()
                || lower.startsWith(ENGINE_LABEL) && lower.length() > ENGINE_LABEL.length();
        if (!label && !KEYS.contains(lower)) {
            throw JorchException.invalid(field, "\"" + key + "\" can't be constrained: use one of "
                    + String.join(", ", KEYS) + ", node.labels.NAME, engine.labels.NAME");
        }
        return new Constraint(label ? key : lower, matcher.group(2).equals("=="), matcher.group(3));
    }

    public boolean matches(Node node) {
        String actual = valueOf(node, key);
        boolean same = actual != null && actual.equalsIgnoreCase(
                key.equals("node.platform.arch") ? Platforms.architecture(value) : value);
        return same == equal;
    }

    /// A node's value for a key of a constraint or of a spread preference; null: it has none.
    static @Nullable String valueOf(Node node, String key) {
        NodeDescription description = node.description();
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.startsWith(NODE_LABEL)) {
            return node.spec().labels().get(key.substring(NODE_LABEL.length()));
        }
        if (lower.startsWith(ENGINE_LABEL)) {
            return description == null ? null : description.engineLabels().get(key.substring(ENGINE_LABEL.length()));
        }
        return switch (lower) {
            case "node.id" -> node.id();
            case "node.hostname" -> description == null ? null : description.hostname();
            case "node.ip" -> node.address().replaceAll(":[0-9]+$", "");
            case "node.role" -> node.spec().role();
            case "node.platform.os" -> description == null ? null : description.platform().os();
            case "node.platform.arch" -> description == null
                    ? null
                    : Platforms.architecture(description.platform().architecture());
            default -> null;
        };
    }
}
