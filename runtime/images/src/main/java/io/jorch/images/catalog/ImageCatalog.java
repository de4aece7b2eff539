package io.jorch.images.catalog;

import io.jorch.api.error.JorchException;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.ImageStore;
import io.jorch.images.store.NamedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds images by what people call them. Keeps nothing: each answer is read from the stores.
public final class ImageCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCatalog.class);

    private final ContentStore contents;
    private final ImageStore names;
    private final Platform platform;

    /// @param platform whose image of an index is meant
    public ImageCatalog(ContentStore contents, ImageStore names, Platform platform) {
        this.contents = contents;
        this.names = names;
        this.platform = platform;
    }

    /// One for each id; what is damaged is left out with a warning.
    public List<LocalImage> all() {
        Map<Digest, LocalImage> byId = new LinkedHashMap<>();
        for (NamedImage named : names.all()) {
            read(named).ifPresent(image -> byId.merge(image.id(), image, ImageCatalog::together));
        }
        return List.copyOf(byId.values());
    }

    private static LocalImage together(LocalImage first, LocalImage second) {
        List<NamedImage> all = new ArrayList<>(first.names());
        all.addAll(second.names());
        return new LocalImage(all, first.root(), first.image(), first.manifest(), first.config());
    }

    private Optional<LocalImage> read(NamedImage named) {
        try {
            return Optional.of(read(List.of(named), named.root()));
        } catch (JorchException damaged) {
            LOG.warn("msg=\"an image can't be read\" name={} error=\"{}\"", named.key(),
                    JorchException.describe(damaged));
            return Optional.empty();
        }
    }

    private LocalImage read(List<NamedImage> named, Descriptor root) {
        return switch (ImageDocuments.parse(contents.document(root.digest()), root.mediaType())) {
            case Manifest manifest -> local(named, root, root, manifest);
            case ImageIndex index -> {
                Descriptor image = present(index);
                if (!(ImageDocuments.parse(contents.document(image.digest()), image.mediaType()) instanceof Manifest manifest)) {
                    throw JorchException.notFound("image manifest", image.digest().toString());
                }
                yield local(named, root, image, manifest);
            }
        };
    }

    /// The node's own platform's image, or the one that was fetched for another platform on purpose.
    private Descriptor present(ImageIndex index) {
        return index.find(platform).filter(child -> contents.contains(child.digest()))
                .or(() -> index.manifests().stream().filter(child -> contents.contains(child.digest())).findFirst())
                .orElseGet(() -> index.select(platform));
    }

    private LocalImage local(List<NamedImage> named, Descriptor root, Descriptor image, Manifest manifest) {
        return new LocalImage(named, root, image, manifest,
                ConfigDocument.parse(contents.document(manifest.config().digest())));
    }

    /// @throws JorchException NOT_FOUND; INVALID when an abbreviated id is ambiguous
    public LocalImage get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> JorchException.notFound("image", nameOrId));
    }

    public Optional<LocalImage> find(String nameOrId) {
        Optional<Digest> digest = Digest.find(nameOrId).or(() -> Digest.find("sha256:" + nameOrId));
        if (digest.isPresent()) {
            return find(digest.get());
        }
        boolean abbreviated = nameOrId.startsWith("sha256:");
        if (!abbreviated) {
            ImageReference reference = ImageReference.parse(nameOrId).withDefaultTag();
            Optional<LocalImage> named = reference.digest().isPresent()
                    ? find(reference.digest().get())
                    : find(reference);
            if (named.isPresent()) {
                return named;
            }
        }
        return abbreviated(nameOrId.replaceFirst("^sha256:", ""));
    }

    /// The image that a name with a tag points at.
    public Optional<LocalImage> find(ImageReference reference) {
        return names.find(reference.withoutDigest().toString()).flatMap(named -> all().stream()
                .filter(image -> image.names().stream().anyMatch(name -> name.key().equals(named.key()))).findFirst());
    }

    /// By id, or by the digest of manifest or index.
    public Optional<LocalImage> find(Digest digest) {
        return all().stream().filter(image -> image.identities().contains(digest)).findFirst();
    }

    private Optional<LocalImage> abbreviated(String prefix) {
        if (!prefix.matches("[0-9a-f]{2,63}")) {
            return Optional.empty();
        }
        List<LocalImage> matches = all().stream().filter(image -> image.id().hex().startsWith(prefix)).toList();
        if (matches.size() > 1) {
            throw JorchException.invalid("image", "'" + prefix + "' begins " + matches.size() + " ids: give more digits");
        }
        return matches.stream().findFirst();
    }

    /// Whether all of an image's blobs are in the store.
    public boolean whole(LocalImage image) {
        return image.manifest().children().stream().allMatch(child -> contents.contains(child.digest()));
    }
}
