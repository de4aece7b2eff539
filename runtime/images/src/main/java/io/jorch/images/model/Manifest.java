package io.jorch.images.model;

import java.util.ArrayList;
import java.util.List;

/// One platform's image (image-spec, manifest.md; Docker's manifest v2 schema 2).
///
/// @param layers lowest first
public record Manifest(MediaType mediaType, Descriptor config, List<Descriptor> layers) implements ImageDocument {
    public Manifest {
        layers = List.copyOf(layers);
    }

    @Override
    public List<Descriptor> children() {
        List<Descriptor> all = new ArrayList<>();
        all.add(config);
        all.addAll(layers);
        return all;
    }
}
