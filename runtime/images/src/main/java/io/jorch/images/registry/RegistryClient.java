package io.jorch.images.registry;

import io.jorch.api.image.RegistryCredential;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocument;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.MediaType;
import io.jorch.images.stream.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Asks registries. Methods block, may be called by any thread, and are cancelled by an interrupt.
///
/// A session, with the token in it, is kept for later requests of the same login to the same repository.
public final class RegistryClient implements AutoCloseable {
    private static final int SESSIONS = 64;
    private static final String ACCEPT = Arrays.stream(MediaType.values()).filter(MediaType::rootDocument)
            .map(MediaType::toString).collect(Collectors.joining(", "));

    private final Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<SessionKey, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Session> eldest) {
            return size() > SESSIONS;
        }
    };

    private record SessionKey(String name, String actions, RegistryCredential credential) {
    }

    public RegistryClient(RegistrySettings settings) {
        this.transport = new Transport(settings);
    }

    /// The digest that a reference has at its registry now: one HEAD, no manifest is sent. What it names is verified
    /// when it is pulled.
    ///
    /// @param known the digest that the caller has; a registry that doesn't tell digests is asked whether it changed
    public Digest currentDigest(ImageReference reference, RegistryCredential credential, Optional<Digest> known) {
        Session session = session(reference, credential, "pull");
        String what = "look up " + reference.familiar();
        String path = manifestPath(reference, reference.selector());
        HttpResponse<InputStream> head = session.send(what, Session.Call.head(path, Map.of("Accept", ACCEPT)));
        Optional<Digest> told = head.headers().firstValue("Docker-Content-Digest").flatMap(Digest::find);
        Session.discard(head);
        if (head.statusCode() == 200 && told.isPresent()) {
            return told.get();
        }
        if (head.statusCode() != 200 && head.statusCode() != 405) {
            throw RegistryFailure.of(what, head);
        }
        Map<String, String> headers = known.isEmpty()
                ? Map.of("Accept", ACCEPT)
                : Map.of("Accept", ACCEPT, "If-None-Match", "\"" + known.get() + "\"");
        Answer answer = get(session, what, path, headers, "manifest");
        if (answer.response().statusCode() == 304 && known.isPresent()) {
            return known.get();
        }
        return verified(what, answer, reference.digest()).descriptor().digest();
    }

    /// The manifest or index that a reference names.
    Fetched manifest(Session session, ImageReference reference) {
        String what = "get manifest of " + reference.familiar();
        return verified(what, get(session, what, manifestPath(reference, reference.selector()),
                Map.of("Accept", ACCEPT), "manifest"), reference.digest());
    }

    /// A manifest that an index names.
    Fetched manifest(Session session, ImageReference reference, Descriptor child) {
        Fetched fetched = manifest(session, reference.withDigest(child.digest()));
        if (fetched.content().length != child.size()) {
            throw RegistryFailure.corrupt("manifest " + child.digest() + " has " + fetched.content().length
                    + " bytes, the index says " + child.size());
        }
        // Parsed again with the index's word for it: the two must agree.
        return new Fetched(child, fetched.content(), ImageDocuments.parse(fetched.content(), child.mediaType()));
    }

    /// A response whose body, if it is a good one, was read whole.
    private record Answer(HttpResponse<InputStream> response, byte[] content) {
    }

    /// Gets something small, and again when the connection broke in the middle of it.
    private Answer get(Session session, String what, String path, Map<String, String> headers, String kind) {
        for (int failed = 1;; failed++) {
            HttpResponse<InputStream> response = session.send(what, Session.Call.get(path, headers));
            if (response.statusCode() == 304) {
                Session.discard(response);
                return new Answer(response, new byte[0]);
            }
            if (response.statusCode() != 200) {
                throw RegistryFailure.of(what, response);
            }
            try {
                return new Answer(response, Transport.readAll(response, ImageDocuments.MAX_BYTES, kind));
            } catch (IOException broken) {
                Cancellation.check();
                if (!transport.pause(failed, Optional.empty())) {
                    throw RegistryFailure.unreachable(what, response.uri().getHost(), broken);
                }
            }
        }
    }

    private static Fetched verified(String what, Answer answer, Optional<Digest> wanted) {
        HttpResponse<InputStream> response = answer.response();
        byte[] content = answer.content();
        if (response.statusCode() != 200) {
            throw RegistryFailure.of(what, response);
        }
        Optional<Digest> told = response.headers().firstValue("Docker-Content-Digest").map(Digest::parse);
        Digest digest = wanted.or(() -> told).map(known -> known.of(content)).orElseGet(() -> Digest.sha256(content));
        if (wanted.isPresent() && !wanted.get().equals(digest)) {
            throw RegistryFailure.corrupt("asked for manifest " + wanted.get() + ", got " + digest);
        }
        if (told.isPresent() && !told.get().of(content).equals(told.get())) {
            throw RegistryFailure.corrupt("manifest is " + digest + ", but its header says " + told.get());
        }
        String declared = response.headers().firstValue("Content-Type").orElse("");
        ImageDocument document = ImageDocuments.parse(content, declared);
        return new Fetched(new Descriptor(document.mediaType(), digest, content.length), content, document);
    }

    /// A configuration, kept in memory only.
    byte[] smallBlob(Session session, ImageReference reference, Descriptor blob) {
        String what = "get configuration of " + reference.familiar();
        byte[] content = get(session, what, reference.path() + "/blobs/" + blob.digest(), Map.of(), "configuration")
                .content();
        if (content.length != blob.size() || !blob.digest().of(content).equals(blob.digest())) {
            throw RegistryFailure.corrupt("the configuration is not " + blob.digest());
        }
        return content;
    }

    /// @param actions `pull` or `pull,push`
    Session session(ImageReference reference, RegistryCredential credential, String actions) {
        RegistryCredential usable = CredentialScope.usable(reference.domain(), credential);
        lock.lock();
        try {
            return sessions.computeIfAbsent(new SessionKey(reference.name(), actions, usable),
                    key -> new Session(transport, RegistryEndpoint.of(reference.domain(), transport.settings()), usable,
                            "repository:" + reference.path() + ":" + actions));
        } finally {
            lock.unlock();
        }
    }

    RegistrySettings settings() {
        return transport.settings();
    }

    private static String manifestPath(ImageReference reference, String selector) {
        return reference.path() + "/manifests/" + selector;
    }

    @Override
    public void close() {
        transport.close();
    }
}
