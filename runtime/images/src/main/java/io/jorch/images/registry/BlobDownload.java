package io.jorch.images.registry;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Descriptor;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.Ingest;
import io.jorch.images.stream.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.LongConsumer;

/// Brings one blob into the store: goes on by Range where the connection broke, verifies, and tries a second time when
/// the content was not what its digest says.
final class BlobDownload {
    private static final int COPY_BYTES = 1 << 16;
    private static final int PARTIAL = 206;
    private static final int RANGE_REFUSED = 416;

    private final Session session;
    private final String repository;
    private final Descriptor blob;
    private final LongConsumer progress;

    /// @param progress is told how many bytes are here
    BlobDownload(Session session, String repository, Descriptor blob, LongConsumer progress) {
        this.session = session;
        this.repository = repository;
        this.blob = blob;
        this.progress = progress;
    }

    /// @return false: it was there already
    boolean into(ContentStore store) {
        boolean corruptBefore = false;
        while (true) {
            try (Ingest ingest = store.begin(blob.digest(), blob.size())) {
                if (ingest.complete()) {
                    return false;
                }
                receive(ingest);
                ingest.commit();
                return true;
            } catch (JorchException failure) {
                if (failure.code() != ErrorCode.CORRUPT || corruptBefore) {
                    throw failure;
                }
                // A bit that flipped on the way may not do so again; the store has thrown the content away.
                corruptBefore = true;
            }
        }
    }

    private void receive(Ingest ingest) {
        String what = "get blob " + blob.digest().shortHex() + " of " + repository;
        int failed = 0;
        while (ingest.received() < blob.size()) {
            long before = ingest.received();
            IOException broken = request(what, ingest);
            if (Thread.currentThread().isInterrupted()) {
                throw Cancellation.cancelled();
            }
            if (ingest.received() >= blob.size()) {
                return;
            }
            failed = ingest.received() > before ? 1 : failed + 1;
            if (!session.transport().pause(failed, java.util.Optional.empty())) {
                throw RegistryFailure.unreachable(what, session.endpoint().authority(), broken);
            }
        }
    }

    /// @return why the body ended early
    private IOException request(String what, Ingest ingest) {
        long from = ingest.received();
        Map<String, String> headers = from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-");
        HttpResponse<InputStream> response = session.send(what,
                Session.Call.get(repository + "/blobs/" + blob.digest(), headers));
        if (response.statusCode() == RANGE_REFUSED && from > 0) {
            Session.discard(response);
            ingest.restart();
            return new IOException("the registry can't go on at byte " + from);
        }
        if (response.statusCode() != 200 && response.statusCode() != PARTIAL) {
            if (session.endpoint().owns(response.uri())) {
                throw RegistryFailure.of(what, response);
            }
            // The address that the registry redirected to may have run out; the next attempt gets a new one.
            Session.discard(response);
            return new IOException(response.uri().getHost() + " answered " + response.statusCode());
        }
        boolean goesOn = response.statusCode() == PARTIAL && response.headers().firstValue("Content-Range").orElse("")
                .startsWith("bytes " + from + "-");
        if (from > 0 && !goesOn) {
            ingest.restart();
        }
        if (response.statusCode() == PARTIAL && !goesOn) {
            Session.discard(response);
            return new IOException("the registry sent another part than was asked for");
        }
        return copy(response, ingest);
    }

    private IOException copy(HttpResponse<InputStream> response, Ingest ingest) {
        byte[] buffer = new byte[COPY_BYTES];
        try (InputStream body = response.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                ingest.write(buffer, 0, read);
                progress.accept(ingest.received());
            }
            return new IOException("the connection ended after " + ingest.received() + " of " + blob.size() + " bytes");
        } catch (IOException broken) {
            return broken;
        }
    }
}
