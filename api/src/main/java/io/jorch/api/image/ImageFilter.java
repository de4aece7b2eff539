package io.jorch.api.image;

import io.jorch.api.json.Absent;
import java.util.List;
import java.util.Map;

/// Which images `list` and `prune` are about: Docker's `filters`.
///
/// @param terms `before`, `since` (name or id), `dangling`, `label`, `label!`, `reference` (glob), `until`; within one
///        key any value may match, between keys all must. An unknown key is refused.
/// @param sharedSize whether to compute [ImageSummary#sharedSize]
public record ImageFilter(Map<String, List<String>> terms, boolean sharedSize) {
    public static final ImageFilter ALL = new ImageFilter(Map.of(), false);

    public ImageFilter {
        terms = Absent.map(terms);
    }
}
