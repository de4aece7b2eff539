package io.jorch.images.model;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.List;
import java.util.Optional;

/// The images of several platforms under one name (image-spec, image-index.md; Docker's manifest list).
public record ImageIndex(MediaType mediaType, List<Descriptor> manifests) implements ImageDocument {
    public ImageIndex {
        manifests = List.copyOf(manifests);
    }

    @Override
    public List<Descriptor> children() {
        return manifests;
    }

    /// The platforms of all images; attestations, which say `unknown/unknown`, are none.
    public List<Platform> platforms() {
        return images().flatMap(image -> image.platform().stream()).distinct().toList();
    }

    /// The manifest that runs best on a platform; of equals, the first (image-index.md).
    public Optional<Descriptor> find(Platform wanted) {
        Descriptor best = null;
        int bestRank = 0;
        for (Descriptor image : images().toList()) {
            int rank = image.platform().map(wanted::accepts).orElse(0);
            if (rank > bestRank) {
                best = image;
                bestRank = rank;
            }
        }
        return Optional.ofNullable(best);
    }

    /// As [#find]; an index with a single image that names no platform is taken to be the wanted one.
    ///
    /// @throws JorchException NOT_FOUND, naming the platforms that there are
    public Descriptor select(Platform wanted) {
        Optional<Descriptor> found = find(wanted);
        if (found.isEmpty() && images().count() == 1 && platforms().isEmpty()) {
            found = images().findFirst();
        }
        return found.orElseThrow(() -> new JorchException(ErrorCode.NOT_FOUND,
                "the image has no variant for " + wanted + ", only for " + platforms()));
    }

    private java.util.stream.Stream<Descriptor> images() {
        return manifests.stream().filter(
                entry -> entry.type().filter(type -> type.role() == MediaType.Role.MANIFEST).isPresent() && entry
                        .platform().filter(platform -> platform.os().equals("unknown")).isEmpty());
    }
}
