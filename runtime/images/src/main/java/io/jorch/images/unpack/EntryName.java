package io.jorch.images.unpack;

import io.jorch.images.unpack.UnpackException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What an entry's name means (image-spec, layer.md, "Whiteouts"). Absolute names are taken from the layer's root, as
/// Docker does; `..` is refused, though Docker would clean it away.
sealed interface EntryName {
    /// A file of the image.
    record Item(LayerPath path) implements EntryName {
    }

    /// `.wh.NAME`: NAME of the lower layers is gone.
    record Whiteout(LayerPath path) implements EntryName {
    }

    /// `.wh..wh..opq`: all that the lower layers have in the directory is gone.
    record Opaque(LayerPath directory) implements EntryName {
    }

    /// Bookkeeping of AUFS, which Docker passes over too.
    record Bookkeeping() implements EntryName {
    }

    String WHITEOUT_PREFIX = ".wh.";
    String OPAQUE_MARKER = ".wh..wh..opq";
    String BOOKKEEPING_PREFIX = ".wh..wh.";

    static EntryName parse(String raw, UnpackLimits limits) {
        LayerPath path = path(raw, limits);
        List<String> components = path.components();
        for (String component : path.parent().components()) {
            if (component.startsWith(WHITEOUT_PREFIX)) {
                throw new UnpackException(Reason.BAD_WHITEOUT, "'" + shown(raw) + "' is inside of a whiteout");
            }
        }
        String name = components.isEmpty() ? "" : components.getLast();
        if (!name.startsWith(WHITEOUT_PREFIX)) {
            return new Item(path);
        }
        if (name.equals(OPAQUE_MARKER)) {
            return new Opaque(path.parent());
        }
        if (name.startsWith(BOOKKEEPING_PREFIX)) {
            return new Bookkeeping();
        }
        String hidden = name.substring(WHITEOUT_PREFIX.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw new UnpackException(Reason.BAD_WHITEOUT, "'" + shown(raw) + "' hides no file");
        }
        return new Whiteout(path.parent().child(hidden));
    }

    /// @throws UnpackException BAD_NAME or LIMIT
    static LayerPath path(String raw, UnpackLimits limits) {
        if (raw.isEmpty() || raw.indexOf('\0') >= 0) {
            throw new UnpackException(Reason.BAD_NAME, "an entry has no name, or one with a NUL in it");
        }
        // The tar reader puts this where bytes are no UTF-8: two different names could become one.
        if (raw.indexOf('\ufffd') >= 0) {
            throw new UnpackException(Reason.BAD_NAME, "'" + shown(raw) + "' is not UTF-8");
        }
        if (raw.getBytes(StandardCharsets.UTF_8).length > UnpackLimits.PATH_BYTES) {
            throw new UnpackException(Reason.LIMIT, "'" + shown(raw) + "' is longer than 4095 bytes");
        }
        List<String> components = new ArrayList<>();
        for (String component : raw.split("/")) {
            if (component.equals("..")) {
                throw new UnpackException(Reason.BAD_NAME, "'" + shown(raw) + "' has a '..' in it");
            }
            if (component.getBytes(StandardCharsets.UTF_8).length > UnpackLimits.NAME_BYTES) {
                throw new UnpackException(Reason.LIMIT,
                        "'" + shown(raw) + "' has a component that is longer than 255 bytes");
            }
            if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        if (components.size() > limits.depth()) {
            throw new UnpackException(Reason.LIMIT,
                    "'" + shown(raw) + "' is more than " + limits.depth() + " directories deep");
        }
        return new LayerPath(String.join("/", components));
    }

    static String shown(String raw) {
        String text = raw.length() <= 120 ? raw : raw.substring(0, 120) + "…";
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
