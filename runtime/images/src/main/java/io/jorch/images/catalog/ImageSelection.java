package io.jorch.images.catalog;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageFilter;
import io.jorch.images.model.ImageReference;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Docker's image filters as a predicate. Pure but for the lookup of the images that `before` and `since` name.
public final class ImageSelection {
    private static final Pattern GO_DURATION = Pattern.compile("([0-9]+)(h|ms|m|s)");

    private ImageSelection() {
    }

    /// @param lookup finds an image by name or id, or throws NOT_FOUND
    /// @throws JorchException INVALID, naming the filter
    public static Predicate<LocalImage> of(ImageFilter filter, Function<String, LocalImage> lookup, Instant now) {
        Predicate<LocalImage> all = image -> true;
        for (Map.Entry<String, List<String>> term : filter.terms().entrySet()) {
            Predicate<LocalImage> any = image -> false;
            for (String value : term.getValue()) {
                any = any.or(one(term.getKey(), value, lookup, now));
            }
            all = all.and(any);
        }
        return all;
    }

    /// As `prune` understands the filters: images without a tag, or with `dangling=false` all.
    public static Predicate<LocalImage> toPrune(ImageFilter filter, Function<String, LocalImage> lookup, Instant now) {
        Map<String, List<String>> others = new HashMap<>(filter.terms());
        List<String> dangling = others.remove("dangling");
        boolean all = dangling != null && dangling.stream().noneMatch(ImageSelection::flag);
        Predicate<LocalImage> wanted = of(new ImageFilter(others, false), lookup, now);
        return image -> (all || image.dangling()) && wanted.test(image);
    }

    private static Predicate<LocalImage> one(String key, String value, Function<String, LocalImage> lookup,
            Instant now) {
        return switch (key) {
            case "dangling" -> {
                boolean wanted = flag(value);
                yield image -> image.dangling() == wanted;
            }
            case "label" -> label(value);
            case "label!" -> label(value).negate();
            case "reference" -> reference(value);
            case "before" -> {
                Instant limit = created(lookup.apply(value));
                yield image -> created(image).isBefore(limit);
            }
            case "since" -> {
                Instant limit = created(lookup.apply(value));
                yield image -> created(image).isAfter(limit);
            }
            case "until" -> {
                Instant limit = time(value, now);
                yield image -> created(image).isBefore(limit);
            }
            default -> throw JorchException.invalid("filters", "'" + key
                    + "' is none of before, dangling, label, label!, reference, since, until");
        };
    }

    private static Instant created(LocalImage image) {
        return image.config().created().orElse(Instant.EPOCH);
    }

    static boolean flag(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "True", "TRUE" -> true;
            case "0", "f", "F", "false", "False", "FALSE" -> false;
            default -> throw JorchException.invalid("filters", "dangling: '" + value + "' is neither true nor false");
        };
    }

    private static Predicate<LocalImage> label(String value) {
        int equals = value.indexOf('=');
        String name = equals < 0 ? value : value.substring(0, equals);
        return image -> {
            String found = image.config().config().labels().get(name);
            return found != null && (equals < 0 || found.equals(value.substring(equals + 1)));
        };
    }

    /// A glob on the familiar name, or on the familiar name and tag (distribution/reference, FamiliarMatch).
    private static Predicate<LocalImage> reference(String glob) {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException malformed) {
            throw JorchException.invalid("filters", "reference: '" + glob + "' is no pattern");
        }
        return image -> image.references().stream().anyMatch(name -> matches(matcher, name));
    }

    private static boolean matches(PathMatcher matcher, ImageReference name) {
        return matcher.matches(Path.of(name.familiarName())) || matcher.matches(Path.of(name.familiar()));
    }

    /// Seconds since 1970, an RFC 3339 time, or Go's duration before now (`24h`, `1h30m`).
    private static Instant time(String value, Instant now) {
        if (value.matches("[0-9]{1,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(value));
        }
        if (value.matches("(" + GO_DURATION.pattern() + ")+")) {
            Duration ago = Duration.ZERO;
            Matcher part = GO_DURATION.matcher(value);
            while (part.find()) {
                long count = Long.parseLong(part.group(1));
                ago = ago.plus(switch (part.group(2)) {
                    case "h" -> Duration.ofHours(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "s" -> Duration.ofSeconds(count);
                    default -> Duration.ofMillis(count);
                });
            }
            return now.minus(ago);
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException malformed) {
            throw JorchException.invalid("filters",
                    "until: '" + value + "' is no time, e.g. 24h or 2026-01-31T12:00:00Z");
        }
    }
}
