package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// The text of the names' journal: a first line `jorch-images 1`, then one change a line, oldest first:
/// `put KEY MEDIATYPE DIGEST SIZE TIME CRC` and `remove KEY CRC`, the CRC-32 in hex being of all before it. A last line
/// that is cut off or damaged never happened; damage anywhere else is an error.
final class ImageJournal {
    private static final String MAGIC = "jorch-images ";
    private static final int VERSION = 1;

    private ImageJournal() {
    }

    /// @param torn the last change was cut off
    record Replay(Map<String, NamedImage> images, boolean torn) {
    }

    static String put(NamedImage image) {
        return line("put " + image.key() + " " + image.root().mediaType() + " " + image.root().digest() + " "
                + image.root().size() + " " + image.since());
    }

    static String remove(String key) {
        return line("remove " + key);
    }

    static byte[] write(Collection<NamedImage> images) {
        StringBuilder text = new StringBuilder(MAGIC + VERSION + "\n");
        images.forEach(image -> text.append(put(image)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Replay replay(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        int start = text.indexOf('\n') + 1;
        String first = text.substring(0, Math.max(0, start - 1));
        if (!first.startsWith(MAGIC)) {
            throw corrupt("it doesn't begin with '" + MAGIC.strip() + "'");
        }
        if (!first.equals(MAGIC + VERSION)) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "image names are of version " + first.substring(MAGIC.length()) + ": start the jorch that wrote them");
        }
        Map<String, NamedImage> images = new TreeMap<>();
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            boolean last = end < 0 || end == text.length() - 1;
            String line = text.substring(start, end < 0 ? text.length() : end);
            if (end < 0 || !applied(line, images)) {
                if (!last) {
                    throw corrupt("the line at byte " + start + " is damaged");
                }
                return new Replay(images, true);
            }
            start = end + 1;
        }
        return new Replay(images, false);
    }

    private static boolean applied(String line, Map<String, NamedImage> images) {
        int space = line.lastIndexOf(' ');
        if (space < 0 || !line.substring(space + 1).equals(crc(line.substring(0, space)))) {
            return false;
        }
        String[] fields = line.split(" ");
        try {
            switch (fields[0]) {
                case "put" -> {
                    Descriptor root = new Descriptor(MediaType.find(fields[2]).orElseThrow(), Digest.parse(fields[3]),
                            Long.parseLong(fields[4]));
                    Optional<ImageReference> name = fields[1].startsWith("@")
                            ? Optional.empty()
                            : Optional.of(ImageReference.parse(fields[1]));
                    images.put(fields[1], new NamedImage(name, root, Instant.parse(fields[5])));
                }
                case "remove" -> images.remove(fields[1]);
                default -> throw corrupt("the change '" + fields[0] + "' is unknown");
            }
        } catch (IndexOutOfBoundsException | java.util.NoSuchElementException | NumberFormatException
                | DateTimeParseException wrong) {
            throw corrupt("'" + line + "' has wrong fields");
        }
        return true;
    }

    private static String line(String fields) {
        return fields + " " + crc(fields) + "\n";
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    private static JorchException corrupt(String problem) {
        return new JorchException(ErrorCode.CORRUPT,
                "the file of image names is damaged: " + problem + ": restore it, or remove it and pull the images again");
    }
}
