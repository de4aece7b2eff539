package io.jorch.images.unpack;

import io.jorch.images.unpack.UnpackException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one layer has made so far, and so what its next entry may do. It alone calls the target, so that no entry is
/// ever written through something that is not a directory of this very layer.
final class LayerTree {
    /// What the layer has at a path.
    private enum Kind {
        DIRECTORY, IMPLICIT_DIRECTORY, OTHER, WHITEOUT;

        boolean directory() {
            return this == DIRECTORY || this == IMPLICIT_DIRECTORY;
        }
    }

    /// Makes the thing itself once its place is clear.
    interface Making {
        void run(LayerTarget target) throws IOException;
    }

    private final LayerTarget target;
    private final Map<LayerPath, Kind> kinds = new HashMap<>();
    private final Map<LayerPath, EntryMetadata> directories = new LinkedHashMap<>();

    LayerTree(LayerTarget target) {
        this.target = target;
        kinds.put(LayerPath.ROOT, Kind.IMPLICIT_DIRECTORY);
    }

    void directory(LayerPath path, EntryMetadata metadata) throws IOException {
        enter(path.parent());
        Kind before = kinds.get(path);
        if (before == Kind.OTHER) {
            throw typeChange(path);
        }
        makeDirectory(path, before);
        kinds.put(path, Kind.DIRECTORY);
        directories.put(path, metadata);
    }

    void other(LayerPath path, Making making) throws IOException {
        if (path.root()) {
            throw new UnpackException(Reason.TYPE_CHANGE, "the layer's root is no directory");
        }
        enter(path.parent());
        Kind before = kinds.get(path);
        if (before != null && before.directory()) {
            throw typeChange(path);
        }
        making.run(target);
        kinds.put(path, Kind.OTHER);
    }

    void hardlink(LayerPath path, LayerPath existing) throws IOException {
        if (path.equals(existing) || kinds.get(existing) != Kind.OTHER) {
            throw new UnpackException(Reason.BAD_LINK, "'" + path + "' is a hard link to '" + existing
                    + "', which is no file that the layer has before it");
        }
        other(path, made -> made.hardlink(path, existing));
    }

    void whiteout(LayerPath path) throws IOException {
        enter(path.parent());
        Kind before = kinds.get(path);
        if (before == null) {
            target.whiteout(path);
            kinds.put(path, Kind.WHITEOUT);
        } else if (before.directory()) {
            // The layer's own directory stays; what lower layers have in it goes.
            target.opaque(path);
        }
    }

    void opaque(LayerPath directory) throws IOException {
        enter(directory);
        target.opaque(directory);
    }

    /// Sets the metadata of all directories that the archive holds, now that nothing will be added to them.
    void finish() throws IOException {
        for (Map.Entry<LayerPath, EntryMetadata> directory : directories.entrySet()) {
            target.metadata(directory.getKey(), directory.getValue());
        }
    }

    /// The directories that the archive uses but does not hold, the root excepted; parents before children.
    List<LayerPath> implicitDirectories() {
        List<LayerPath> implicit = new ArrayList<>();
        kinds.forEach((path, kind) -> {
            if (kind == Kind.IMPLICIT_DIRECTORY && !path.root()) {
                implicit.add(path);
            }
        });
        implicit.sort(java.util.Comparator.comparing(LayerPath::value));
        return implicit;
    }

    boolean rootIsImplicit() {
        return kinds.get(LayerPath.ROOT) == Kind.IMPLICIT_DIRECTORY;
    }

    /// Makes sure that a directory and all above it are directories of this layer.
    private void enter(LayerPath directory) throws IOException {
        Kind kind = kinds.get(directory);
        if (kind != null && kind.directory()) {
            return;
        }
        enter(directory.parent());
        if (kind == Kind.OTHER) {
            throw new UnpackException(Reason.THROUGH_NON_DIRECTORY,
                    "an entry lies in '" + directory + "', which the layer made no directory");
        }
        makeDirectory(directory, kind);
        kinds.put(directory, Kind.IMPLICIT_DIRECTORY);
    }

    private void makeDirectory(LayerPath path, @Nullable Kind before) throws IOException {
        if (!path.root()) {
            target.directory(path);
        }
        if (before == Kind.WHITEOUT) {
            target.opaque(path);
        }
    }

    private static UnpackException typeChange(LayerPath path) {
        return new UnpackException(Reason.TYPE_CHANGE,
                "'" + path + "' is both a directory and something else in the same layer");
    }
}
