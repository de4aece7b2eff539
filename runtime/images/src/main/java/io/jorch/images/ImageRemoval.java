package io.jorch.images;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageDeleteItem;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImagePruneReport;
import io.jorch.images.catalog.ImageCatalog;
import io.jorch.images.catalog.ImageSelection;
import io.jorch.images.catalog.LocalImage;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.store.GarbageCollector;
import io.jorch.images.store.ImageStore;
import io.jorch.images.store.NamedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Takes names away, and images with their last name unless a container uses them.
final class ImageRemoval {
    private final ImageStore names;
    private final ImageCatalog catalog;
    private final GarbageCollector collector;
    private final Supplier<Set<Digest>> inUse;

    ImageRemoval(ImageStore names, ImageCatalog catalog, GarbageCollector collector, Supplier<Set<Digest>> inUse) {
        this.names = names;
        this.catalog = catalog;
        this.collector = collector;
        this.inUse = inUse;
    }

    List<ImageDeleteItem> remove(String nameOrId, boolean force) {
        LocalImage image = catalog.get(nameOrId);
        List<NamedImage> all = image.names();
        List<NamedImage> called = all.stream().filter(named -> called(named, nameOrId)).toList();
        if (called.isEmpty() && all.size() > 1 && !force) {
            throw JorchException.conflict("image " + image.id().shortHex() + " has " + all.size()
                    + " names: remove them one by one, or use force");
        }
        List<NamedImage> going = called.isEmpty() ? all : called;
        boolean last = going.size() == all.size();
        if (last && used(image)) {
            throw JorchException.conflict("image " + nameOrId + " is used by a container: stop it first");
        }
        List<ImageDeleteItem> items = new ArrayList<>();
        untag(going, items);
        if (last) {
            items.add(ImageDeleteItem.ofId(image.id().toString()));
            collector.discard(image.content(), inUse.get());
        }
        return items;
    }

    ImagePruneReport prune(ImageFilter filter, Instant now) {
        Predicate<LocalImage> wanted = ImageSelection.toPrune(filter, catalog::get, now);
        List<ImageDeleteItem> items = new ArrayList<>();
        long bytes = 0;
        for (LocalImage image : catalog.all()) {
            if (wanted.test(image) && !used(image)) {
                untag(image.names(), items);
                items.add(ImageDeleteItem.ofId(image.id().toString()));
                bytes += collector.discard(image.content(), inUse.get()).bytes();
            }
        }
        return new ImagePruneReport(items, bytes);
    }

    private void untag(List<NamedImage> going, List<ImageDeleteItem> items) {
        for (NamedImage named : going) {
            names.remove(named.key());
            named.name().ifPresent(name -> items.add(ImageDeleteItem.ofName(name.familiar())));
        }
    }

    private boolean used(LocalImage image) {
        return inUse.get().stream().anyMatch(image.identities()::contains);
    }

    private static boolean called(NamedImage named, String text) {
        if (Digest.find(text).or(() -> Digest.find("sha256:" + text)).isPresent() || text.startsWith("sha256:")) {
            return false;
        }
        ImageReference reference = ImageReference.parse(text).withDefaultTag();
        return named.name().filter(name -> name.equals(reference)).isPresent();
    }
}
