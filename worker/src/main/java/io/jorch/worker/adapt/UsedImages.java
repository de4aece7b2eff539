package io.jorch.worker.adapt;

import io.jorch.api.object.ImagePin;
import io.jorch.images.model.Digest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The images that the worker holds on to: those of its tasks, and those it was told to fetch. What the image store
/// asks before it removes anything. May be called by any thread.
public final class UsedImages implements Supplier<Set<Digest>> {
    private final Map<ImagePin, Digest> roots = new ConcurrentHashMap<>();

    @Override
    public Set<Digest> get() {
        return Set.copyOf(roots.values());
    }

    void use(ImagePin pin, Digest root) {
        roots.put(pin, root);
    }

    /// All others are used no more.
    void keepOnly(Collection<ImagePin> pins) {
        roots.keySet().retainAll(Set.copyOf(pins));
    }
}
