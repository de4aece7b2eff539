package io.jorch.images;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.DistributionInspect;
import io.jorch.api.image.ImageDeleteItem;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImageHistoryItem;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImagePruneReport;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.ImageSummary;
import io.jorch.api.image.ImportRequest;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.images.archive.ArchiveLoader;
import io.jorch.images.archive.ArchiveWriter;
import io.jorch.images.archive.ImageBuilder;
import io.jorch.images.archive.LoadedImage;
import io.jorch.images.archive.RootfsImport;
import io.jorch.images.catalog.ImageCatalog;
import io.jorch.images.catalog.ImageSelection;
import io.jorch.images.catalog.ImageViews;
import io.jorch.images.catalog.LocalImage;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Platform;
import io.jorch.images.registry.ImagePuller;
import io.jorch.images.registry.ImagePusher;
import io.jorch.images.registry.Pulled;
import io.jorch.images.registry.RegistryClient;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.GarbageCollector;
import io.jorch.images.store.ImageStore;
import io.jorch.images.store.LayerStore;
import io.jorch.images.store.Leases;
import io.jorch.images.store.NamedImage;
import io.jorch.images.unpack.LayerUnpacker;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A node's images: the stores, the registry client and what is done with them.
///
/// Holds no state of its own. Any thread may call any method: blobs and layers have one writer per digest, names change
/// under their store's lock, and [Leases] keep the collector away from what is being worked with.
public final class Images implements ImageService, AutoCloseable {
    private final ImagesSettings settings;
    private final ContentStore contents;
    private final ImageStore names;
    private final LayerStore layers;
    private final Leases leases = new Leases();
    private final GarbageCollector collector;
    private final ImageCatalog catalog;
    private final ImageViews views;
    private final RegistryClient registry;
    private final ImagePuller puller;
    private final ImagePusher pusher;
    private final ImageRemoval removal;
    private final ImagePreparation preparation;
    private final PinCache pins = new PinCache();

    public Images(ImagesSettings settings) {
        this.settings = settings;
        LayerUnpacker unpacker = new LayerUnpacker(settings.limits());
        contents = ContentStore.open(settings.directory().resolve("blobs"));
        names = ImageStore.open(settings.directory().resolve("names.journal"));
        layers = LayerStore.open(settings.directory().resolve("layers"), contents, unpacker, settings.targets());
        collector = new GarbageCollector(contents, names, layers, leases);
        catalog = new ImageCatalog(contents, names, settings.platform());
        views = new ImageViews(contents, layers);
        removal = new ImageRemoval(names, catalog, collector, settings.inUse());
        preparation = new ImagePreparation(contents, layers, catalog);
        registry = new RegistryClient(settings.registries());
        puller = new ImagePuller(registry, contents);
        pusher = new ImagePusher(registry, contents);
    }

    @Override
    public List<ImageSummary> list(ImageFilter filter) {
        List<LocalImage> all = catalog.all();
        Predicate<LocalImage> wanted = ImageSelection.of(filter, catalog::get, settings.clock().instant());
        return views.summaries(all.stream().filter(wanted).toList(), all, filter.sharedSize());
    }

    @Override
    public ImageInspect inspect(String nameOrId) {
        return views.inspect(catalog.get(nameOrId));
    }

    @Override
    public List<ImageHistoryItem> history(String nameOrId) {
        return views.history(catalog.get(nameOrId));
    }

    @Override
    public ImagePin pull(String reference, String platform, RegistryCredential credential,
            Consumer<PullProgress> progress) {
        ImageReference wanted = ImageReference.parse(reference).withDefaultTag();
        try (Leases.Lease lease = leases.open()) {
            Pulled pulled = pull(wanted, Platform.parse(platform), credential, lease, progress);
            return new ImagePin(wanted.familiar(), pulled.root().digest().toString(), List.of());
        }
    }

    private Pulled pull(ImageReference reference, Platform platform, RegistryCredential credential, Leases.Lease lease,
            Consumer<PullProgress> progress) {
        Pulled pulled = puller.pull(reference, platform, credential, lease, progress);
        // Fetched by digest it gets no tag: the tag may be another image's by now.
        ImageReference name = reference.digest().isPresent() ? reference.withTag("") : reference;
        name(name, pulled.root());
        return pulled;
    }

    private void name(ImageReference name, Descriptor root) {
        names.put(new NamedImage(Optional.of(name), root, settings.clock().instant()));
    }

    @Override
    public void push(String reference, RegistryCredential credential, Consumer<PullProgress> progress) {
        ImageReference name = ImageReference.parse(reference).withDefaultTag();
        LocalImage image = catalog.get(name.toString());
        try (Leases.Lease lease = leases.open()) {
            image.content().forEach(lease::hold);
            pusher.push(name, pusher.whole(image.root()) ? image.root() : image.image(), credential, progress);
        }
    }

    @Override
    public DistributionInspect distribution(String reference, RegistryCredential credential) {
        return puller.inspect(ImageReference.parse(reference).withDefaultTag(), credential);
    }

    /// One HEAD when the digest is a known one: cheap enough to ask often.
    @Override
    public ImagePin resolve(String reference, RegistryCredential credential) {
        ImageReference wanted = ImageReference.parse(reference).withDefaultTag();
        Digest digest = registry.currentDigest(wanted, credential, pins.last(wanted));
        return pins.get(wanted, digest, () -> puller.inspect(wanted.withDigest(digest), credential));
    }

    /// The digest that a reference has at its registry now, by one HEAD.
    public Digest currentDigest(ImageReference reference, RegistryCredential credential) {
        return registry.currentDigest(reference, credential, Optional.empty());
    }

    @Override
    public List<String> load(InputStream archive, Consumer<PullProgress> progress) {
        return load((lease, leftOver) -> loader().load(archive, lease, leftOver), progress);
    }

    /// Loads an OCI layout from a directory.
    public List<String> loadDirectory(Path layout, Consumer<PullProgress> progress) {
        return load((lease, leftOver) -> loader().loadDirectory(layout, lease, leftOver), progress);
    }

    private ArchiveLoader loader() {
        return new ArchiveLoader(contents, settings.platform(), settings.limits());
    }

    /// Work that stores content under a lease, and tells what it stored if it fails.
    private interface Storing<T> {
        T run(Leases.Lease lease, Consumer<Set<Digest>> leftOver);
    }

    /// What failed work stored is deleted once its own lease is given back.
    private <T> T storing(Storing<T> work) {
        Set<Digest> leftOver = new HashSet<>();
        try (Leases.Lease lease = leases.open()) {
            return work.run(lease, leftOver::addAll);
        } finally {
            if (!leftOver.isEmpty()) {
                collector.discard(leftOver, settings.inUse().get());
            }
        }
    }

    private List<String> load(Storing<List<LoadedImage>> loader, Consumer<PullProgress> progress) {
        return storing((lease, leftOver) -> {
            List<String> loaded = new ArrayList<>();
            for (LoadedImage image : loader.run(lease, leftOver)) {
                keep(image);
                image.names().forEach(name -> loaded.add(name.familiar()));
                if (image.names().isEmpty()) {
                    loaded.add(image.id().toString());
                }
            }
            loaded.forEach(line -> progress.accept(PullProgress.of("Loaded image: " + line)));
            return loaded;
        });
    }

    private void keep(LoadedImage image) {
        image.names().forEach(name -> name(name, image.root()));
        if (image.names().isEmpty() && catalog.find(image.id()).isEmpty()) {
            names.put(new NamedImage(Optional.empty(), image.root(), settings.clock().instant()));
        }
    }

    @Override
    public String importRootfs(ImportRequest request, InputStream tar) {
        Optional<ImageReference> name = request.reference().isEmpty()
                ? Optional.empty()
                : Optional.of(taggable(request.reference()));
        return storing((lease, leftOver) -> {
            LoadedImage image = new RootfsImport(contents, new LayerUnpacker(settings.limits())).run(request, tar,
                    settings.clock().instant(), lease, leftOver);
            keep(new LoadedImage(name.stream().toList(), image.root(), image.id()));
            return image.id().toString();
        });
    }

    /// Makes an image of layers, on nothing or on a local image.
    ///
    /// @param name with an optional tag
    /// @param base name or id; empty: none
    /// @param created the image's time; equal input and time give equal digests
    /// @return the new image's manifest digest and id
    public LoadedImage build(String name, Optional<String> base, Instant created, Consumer<ImageBuilder> recipe) {
        ImageReference reference = taggable(name);
        return storing((lease, _) -> {
            ImageBuilder builder = new ImageBuilder(contents, lease,
                    base.map(from -> catalog.get(from).config().platform()).orElse(settings.platform()), created);
            base.map(catalog::get).ifPresent(from -> builder.from(from.manifest(), from.config()));
            recipe.accept(builder);
            LoadedImage image = builder.build();
            name(reference, image.root());
            return new LoadedImage(List.of(reference), image.root(), image.id());
        });
    }

    @Override
    public void save(List<String> namesOrIds, OutputStream archive) {
        try (Leases.Lease lease = leases.open()) {
            List<LoadedImage> images = new ArrayList<>();
            for (String nameOrId : namesOrIds) {
                List<NamedImage> repository = repository(nameOrId);
                if (repository.isEmpty()) {
                    LocalImage image = catalog.get(nameOrId);
                    images.add(new LoadedImage(given(nameOrId, image), image.root(), image.id()));
                }
                for (NamedImage named : repository) {
                    LocalImage image = catalog.get(named.key());
                    images.add(new LoadedImage(named.name().stream().toList(), named.root(), image.id()));
                }
            }
            images.forEach(image -> catalog.get(image.id().toString()).content().forEach(lease::hold));
            new ArchiveWriter(contents, settings.platform()).write(images, archive);
        }
    }

    /// All tags of a repository if only its name was given, as `docker save` takes it.
    private List<NamedImage> repository(String text) {
        if (Digest.find(text).or(() -> Digest.find("sha256:" + text)).isPresent() || text.startsWith("sha256:")) {
            return List.of();
        }
        ImageReference reference = ImageReference.parse(text);
        if (!reference.tag().isEmpty() || reference.digest().isPresent()) {
            return List.of();
        }
        return names.all().stream().filter(named -> !named.pinnedOnly())
                .filter(named -> named.name().filter(name -> name.name().equals(reference.name())).isPresent()).toList();
    }

    private static List<ImageReference> given(String nameOrId, LocalImage image) {
        return image.references().stream().filter(name -> !name.tag().isEmpty())
                .filter(name -> name.familiar().equals(nameOrId) || name.toString().equals(nameOrId)).toList();
    }

    @Override
    public void tag(String nameOrId, String target) {
        ImageReference name = taggable(target);
        try (Leases.Lease lease = leases.open()) {
            LocalImage image = catalog.get(nameOrId);
            image.content().forEach(lease::hold);
            name(name, image.root());
        }
    }

    private static ImageReference taggable(String target) {
        ImageReference name = ImageReference.parse(target);
        if (name.digest().isPresent()) {
            throw JorchException.invalid("tag", "'" + target + "' has a digest: give a name and a tag");
        }
        return name.withDefaultTag();
    }

    @Override
    public List<ImageDeleteItem> remove(String nameOrId, boolean force) {
        return removal.remove(nameOrId, force);
    }

    @Override
    public ImagePruneReport prune(ImageFilter filter) {
        return removal.prune(filter, settings.clock().instant());
    }

    /// Makes an image ready to run: what is missing is pulled, what isn't unpacked is unpacked. A pin with a digest is
    /// that digest's image, wherever it came from; one without means the node's local image of that name.
    public UnpackedImage prepare(ImagePin pin, RegistryCredential credential, Consumer<PullProgress> progress) {
        Leases.Lease lease = leases.open();
        boolean done = false;
        try {
            LocalImage image = preparation.local(pin, lease).orElseGet(() -> {
                if (pin.digest().isEmpty()) {
                    throw JorchException.notFound("image", pin.reference());
                }
                ImageReference reference = ImageReference.parse(pin.reference())
                        .withDigest(Digest.parse(pin.digest()));
                pull(reference, settings.platform(), credential, lease, progress);
                return catalog.get(pin.digest());
            });
            UnpackedImage unpacked = preparation.unpack(image, lease);
            done = true;
            return unpacked;
        } finally {
            if (!done) {
                lease.close();
            }
        }
    }

    /// Unpacks a local image into one plain directory.
    ///
    /// @param directory is created; it must not exist or be empty
    public void unpack(String nameOrId, Path directory) {
        try (Leases.Lease lease = leases.open()) {
            LocalImage image = catalog.get(nameOrId);
            image.content().forEach(lease::hold);
            FlatUnpack.run(contents, new LayerUnpacker(settings.limits()), image.layers(), directory);
        }
    }

    /// Deletes what neither a name nor `keep` needs; see [GarbageCollector#collect].
    public GarbageCollector.Collected collect(Set<Digest> keep) {
        return collector.collect(keep);
    }

    @Override
    public void close() {
        registry.close();
    }
}
