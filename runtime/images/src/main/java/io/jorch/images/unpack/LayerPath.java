package io.jorch.images.unpack;

import java.util.Arrays;
import java.util.List;

/// A path relative to a layer's root that can't leave it: no leading slash, no empty, `.` or `..` component, no NUL.
/// It says nothing of symlinks: a [LayerTarget] resolves it without following any.
///
/// @param value components joined by `/`; empty is the root itself
public record LayerPath(String value) {
    public static final LayerPath ROOT = new LayerPath("");

    public LayerPath {
        for (String component : value.isEmpty() ? new String[0] : value.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")
                    || component.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("'" + value + "' is not a normal relative path");
            }
        }
    }

    public boolean root() {
        return value.isEmpty();
    }

    public List<String> components() {
        return root() ? List.of() : Arrays.asList(value.split("/"));
    }

    /// The last component; empty for the root.
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /// The directory that holds this; the root's parent is the root.
    public LayerPath parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? ROOT : new LayerPath(value.substring(0, slash));
    }

    public LayerPath child(String name) {
        return new LayerPath(root() ? name : value + "/" + name);
    }

    @Override
    public String toString() {
        return root() ? "/" : value;
    }
}
