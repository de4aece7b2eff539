package io.jorch.images.catalog;

import io.jorch.api.image.ImageHistoryItem;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImageSummary;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Digest;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.LayerBlob;
import io.jorch.images.store.LayerStore;
import io.jorch.images.store.NamedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Images in Docker's words.
public final class ImageViews {
    private final ContentStore contents;
    private final LayerStore layers;

    public ImageViews(ContentStore contents, LayerStore layers) {
        this.contents = contents;
        this.layers = layers;
    }

    /// Newest first.
    ///
    /// @param all of the node's images, to know what is shared
    public List<ImageSummary> summaries(List<LocalImage> chosen, List<LocalImage> all, boolean sharedSize) {
        Map<Digest, Integer> users = new HashMap<>();
        if (sharedSize) {
            all.forEach(image -> image.layers().stream().map(LayerBlob::chainId).distinct()
                    .forEach(chain -> users.merge(chain, 1, Integer::sum)));
        }
        return chosen.stream().map(image -> summary(image, users, sharedSize))
                .sorted(Comparator.comparingLong(ImageSummary::created).reversed().thenComparing(ImageSummary::id))
                .toList();
    }

    private ImageSummary summary(LocalImage image, Map<Digest, Integer> users, boolean sharedSize) {
        long shared = image.layers().stream().filter(layer -> users.getOrDefault(layer.chainId(), 0) > 1)
                .mapToLong(this::bytes).sum();
        return new ImageSummary(image.id().toString(), "", image.repoTags(), image.repoDigests(),
                image.config().created().map(Instant::getEpochSecond).orElse(0L), size(image), sharedSize ? shared : -1,
                image.config().config().labels(), -1, image.root().view());
    }

    public ImageInspect inspect(LocalImage image) {
        ConfigDocument config = image.config();
        String comment = config.history().isEmpty() ? "" : config.history().getLast().comment();
        Instant tagged = image.names().stream().map(NamedImage::since).max(Comparator.naturalOrder()).orElse(null);
        return new ImageInspect(image.id().toString(), image.root().view(), image.repoTags(), image.repoDigests(), "",
                comment, config.created().orElse(null), config.author(), config.config(),
                config.platform().architecture(), config.platform().variant(), config.platform().os(), "", size(image),
                new ImageInspect.RootFs("layers", config.diffIds().stream().map(Digest::toString).toList()),
                new ImageInspect.Metadata(tagged));
    }

    /// Newest step first.
    public List<ImageHistoryItem> history(LocalImage image) {
        List<ImageHistoryItem> items = new ArrayList<>();
        List<LayerBlob> blobs = image.layers();
        int next = 0;
        for (ConfigDocument.History step : image.config().history()) {
            // An image's history may say more steps than it has layers; those made none.
            long size = step.emptyLayer() || next >= blobs.size() ? 0 : bytes(blobs.get(next++));
            items.add(item(step.created(), step.createdBy(), size, step.comment()));
        }
        while (next < blobs.size()) {
            items.add(item(Optional.empty(), "", bytes(blobs.get(next++)), ""));
        }
        if (items.isEmpty()) {
            return List.of();
        }
        ImageHistoryItem top = items.removeLast();
        items.add(new ImageHistoryItem(image.id().toString(), top.created(), top.createdBy(), image.repoTags(),
                top.size(), top.comment()));
        return items.reversed();
    }

    private static ImageHistoryItem item(Optional<Instant> created, String by, long size, String comment) {
        return new ImageHistoryItem("<missing>", created.map(Instant::getEpochSecond).orElse(0L), by, List.of(), size,
                comment);
    }

    private long size(LocalImage image) {
        return image.layers().stream().mapToLong(this::bytes).sum();
    }

    private long bytes(LayerBlob layer) {
        return layers.bytes(layer.chainId()).or(() -> contents.size(layer.blob())).orElse(0L);
    }
}
