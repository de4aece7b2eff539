package io.jorch.images.archive;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.Ingest;
import io.jorch.images.store.Leases;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes the files of an archive as they come: the few documents into memory, everything else into the content store,
/// since what a file is for is known only at the end. Used by one thread.
final class ArchiveIntake {
    private static final Set<String> DOCUMENTS = Set.of("oci-layout", "index.json", "manifest.json");
    private static final Set<String> PASSED_OVER = Set.of("repositories", "VERSION");
    private static final String BLOBS = "blobs/";
    private static final int MAX_LINKS = 10;

    private final ContentStore contents;
    private final Leases.Lease lease;
    private final Map<String, byte[]> documents = new HashMap<>();
    private final Map<String, ContentStore.Stored> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Set<Digest> added = new HashSet<>();

    ArchiveIntake(ContentStore contents, Leases.Lease lease) {
        this.contents = contents;
        this.lease = lease;
    }

    /// @param raw the file's name in the archive
    void file(String raw, long size, InputStream content) throws IOException {
        String name = normal(raw);
        if (files.containsKey(name) || documents.containsKey(name) || links.containsKey(name)) {
            throw corrupt("it has two files '" + name + "'");
        }
        if (DOCUMENTS.contains(name)) {
            byte[] bytes = content.readNBytes(ImageDocuments.MAX_BYTES + 1);
            if (bytes.length > ImageDocuments.MAX_BYTES) {
                throw corrupt(name + " is larger than " + ImageDocuments.MAX_BYTES + " bytes");
            }
            documents.put(name, bytes);
        } else if (!PASSED_OVER.contains(name.substring(name.lastIndexOf('/') + 1))) {
            files.put(name, store(name, size, content));
        }
    }

    /// Old `docker save` writes a layer that two images share once, and a symlink for the other.
    void link(String raw, String target) {
        String name = normal(raw);
        int slash = name.lastIndexOf('/');
        links.put(name, normal((slash < 0 ? "" : name.substring(0, slash + 1)) + target));
    }

    private ContentStore.Stored store(String name, long size, InputStream content) throws IOException {
        String[] parts = name.split("/");
        Optional<Digest> named = name.startsWith(BLOBS) && parts.length == 3
                ? Digest.find(parts[1] + ":" + parts[2])
                : Optional.empty();
        ContentStore.Stored stored;
        if (named.isPresent()) {
            stored = blob(named.get(), size, content);
        } else {
            stored = contents.put(content, lease);
        }
        if (stored.added()) {
            added.add(stored.digest());
        }
        return stored;
    }

    /// A blob whose name says what it must be.
    private ContentStore.Stored blob(Digest digest, long size, InputStream content) throws IOException {
        lease.hold(digest);
        try (Ingest ingest = contents.begin(digest, size)) {
            if (ingest.complete()) {
                return new ContentStore.Stored(digest, size, false);
            }
            ingest.restart();
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                ingest.write(buffer, 0, read);
            }
            ingest.commit();
            return new ContentStore.Stored(digest, size, true);
        }
    }

    Optional<byte[]> document(String name) {
        return Optional.ofNullable(documents.get(name));
    }

    /// A file by the name that a document gives it, through symlinks within the archive.
    ///
    /// @throws JorchException CORRUPT
    ContentStore.Stored stored(String raw) {
        String name = normal(raw);
        for (int hop = 0; hop < MAX_LINKS && links.containsKey(name); hop++) {
            name = links.getOrDefault(name, name);
        }
        ContentStore.Stored stored = files.get(name);
        if (stored == null) {
            throw corrupt("it lacks the file '" + raw + "'");
        }
        return stored;
    }

    /// What the store didn't have before.
    Set<Digest> added() {
        return added;
    }

    void addedAlso(Digest digest) {
        added.add(digest);
    }

    /// Names are keys here and never paths on disk; `..` is resolved only for the symlinks of `docker save`.
    private static String normal(String raw) {
        List<String> components = new ArrayList<>();
        for (String component : Arrays.asList(raw.split("/"))) {
            if (component.equals("..")) {
                if (components.isEmpty()) {
                    throw corrupt("the name '" + raw + "' leaves it");
                }
                components.removeLast();
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        return String.join("/", components);
    }

    static JorchException corrupt(String problem) {
        return new JorchException(ErrorCode.CORRUPT, "refused archive: " + problem);
    }
}
