package io.jorch.api.json;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an absent field means where Docker's API makes no difference between absent, null and empty: Go's zero value.
/// Where it does make a difference the component is nullable instead.
public final class Absent {
    private Absent() {
    }

    public static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /// Sorted by key, so that equal maps are always written as equal bytes.
    public static <V> Map<String, V> map(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(value));
    }

    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
