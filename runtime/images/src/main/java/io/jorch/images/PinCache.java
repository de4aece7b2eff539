package io.jorch.images;

import io.jorch.api.image.DistributionInspect;
import io.jorch.api.object.ImagePin;
import io.jorch.api.spec.Platform;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The platforms of digests that were resolved lately, so that asking again whether a tag moved costs one HEAD. A
/// digest's platforms never change.
final class PinCache {
    private static final int ENTRIES = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ImagePin> pins = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImagePin> eldest) {
            return size() > ENTRIES;
        }
    };

    /// What the reference was the last time.
    Optional<Digest> last(ImageReference reference) {
        lock.lock();
        try {
            return Optional.ofNullable(pins.get(reference.toString())).map(pin -> Digest.parse(pin.digest()));
        } finally {
            lock.unlock();
        }
    }

    ImagePin get(ImageReference reference, Digest digest, Supplier<DistributionInspect> inspect) {
        lock.lock();
        try {
            ImagePin known = pins.get(reference.toString());
            if (known != null && known.digest().equals(digest.toString())) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        // Outside of the lock: it asks the registry.
        List<Platform> platforms = inspect.get().platforms().stream()
                .map(platform -> new Platform(platform.architecture(), platform.os())).distinct().toList();
        ImagePin pin = new ImagePin(reference.familiar(), digest.toString(), platforms);
        lock.lock();
        try {
            pins.put(reference.toString(), pin);
        } finally {
            lock.unlock();
        }
        return pin;
    }
}
