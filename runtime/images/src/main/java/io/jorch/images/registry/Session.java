package io.jorch.images.registry;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.RegistryCredential;
import io.jorch.images.stream.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Requests to one repository by one login: adds what the registry wants for authorization, follows redirects, and
/// sends again what may pass. May be used by several threads.
final class Session {
    private static final int REDIRECTS = 5;

    private final Transport transport;
    private final RegistryCredential credential;
    private final String scope;
    private final ReentrantLock login = new ReentrantLock();
    private volatile RegistryEndpoint endpoint;
    private volatile Optional<Authorization> authorization = Optional.empty();

    /// @param scope of a token, `repository:PATH:pull`
    Session(Transport transport, RegistryEndpoint endpoint, RegistryCredential credential, String scope) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.credential = credential;
        this.scope = scope;
    }

    /// One request, kept apart from where it is sent.
    ///
    /// @param path below `/v2/`, or an absolute URI that the registry gave
    record Call(String method, String path, Map<String, String> headers, BodyPublisher body) {
        static Call get(String path, Map<String, String> headers) {
            return new Call("GET", path, headers, BodyPublishers.noBody());
        }

        static Call head(String path, Map<String, String> headers) {
            return new Call("HEAD", path, headers, BodyPublishers.noBody());
        }
    }

    RegistryEndpoint endpoint() {
        return endpoint;
    }

    Transport transport() {
        return transport;
    }

    /// Sends until there is an answer that would not be another one next time. The caller reads and closes the body.
    ///
    /// @param what for messages, e.g. `get manifest of nginx`
    HttpResponse<InputStream> send(String what, Call call) {
        int failed = 0;
        while (true) {
            Cancellation.check();
            Optional<String> retryAfter = Optional.empty();
            HttpResponse<InputStream> response = null;
            IOException failure = null;
            try {
                response = authorized(call);
                if (!RetryPolicy.mayPass(response.statusCode())) {
                    return response;
                }
                retryAfter = response.headers().firstValue("Retry-After");
            } catch (IOException broken) {
                if (broken instanceof javax.net.ssl.SSLException) {
                    throw RegistryFailure.unreachable(what, endpoint.authority(), broken);
                }
                failure = broken;
            }
            failed++;
            if (failure != null && overHttps()) {
                continue;
            }
            if (!transport.pause(failed, retryAfter)) {
                throw response != null
                        ? RegistryFailure.of(what, response)
                        : RegistryFailure.unreachable(what, endpoint.authority(), present(failure));
            }
            if (response != null) {
                discard(response);
            }
        }
    }

    private HttpResponse<InputStream> authorized(Call call) throws IOException {
        Optional<Authorization> used = current();
        HttpResponse<InputStream> response = follow(call, used);
        if (response.statusCode() == 400 && !endpoint.https() && overHttps()) {
            discard(response);
            response = follow(call, used);
        }
        if (response.statusCode() != 401 || !endpoint.owns(response.uri())) {
            return response;
        }
        Optional<Challenge> challenge = Challenge.choose(response.headers().allValues("WWW-Authenticate"));
        if (challenge.isEmpty()) {
            return response;
        }
        Authorization renewed = renew(challenge.get(), used);
        discard(response);
        return follow(call, Optional.of(renewed));
    }

    private Optional<Authorization> current() {
        return authorization.filter(known -> known.good(System.nanoTime()));
    }

    /// One thread logs in, the others take its token.
    private Authorization renew(Challenge challenge, Optional<Authorization> refused) {
        login.lock();
        try {
            Optional<Authorization> known = current();
            if (known.isPresent() && !known.equals(refused)) {
                return known.get();
            }
            Authorization fresh = transport.authenticator().answer(endpoint, challenge, credential, scope);
            authorization = Optional.of(fresh);
            return fresh;
        } finally {
            login.unlock();
        }
    }

    private HttpResponse<InputStream> follow(Call call, Optional<Authorization> known) throws IOException {
        URI target = call.path().contains("://") ? URI.create(call.path()) : endpoint.uri(call.path());
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            HttpRequest.Builder request = transport.request().uri(target).method(call.method(), call.body());
            call.headers().forEach(request::header);
            // What is meant for the registry is for its own address only.
            if (known.isPresent() && endpoint.owns(target)) {
                request.header("Authorization", known.get().header());
            }
            HttpResponse<InputStream> response = transport.send(request.build());
            Optional<String> location = response.headers().firstValue("Location");
            if (!redirect(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            discard(response);
            target = next(target, location.get());
        }
        throw RegistryFailure.corrupt("more than " + REDIRECTS + " redirects");
    }

    private URI next(URI from, String location) {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw RegistryFailure.corrupt("a redirect to a malformed address");
        }
        boolean http = "http".equals(target.getScheme()) && !endpoint.https();
        if (target.getHost() == null || !"https".equals(target.getScheme()) && !http) {
            throw new JorchException(ErrorCode.FORBIDDEN,
                    endpoint.domain() + " redirects to " + target.getScheme() + "://" + target.getHost()
                            + ": refused, because it is not https");
        }
        return target;
    }

    private static boolean redirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /// An insecure registry is asked over http; one that doesn't speak it may speak https.
    private boolean overHttps() {
        if (endpoint.https() || !endpoint.insecure()) {
            return false;
        }
        RegistryEndpoint https = endpoint.overHttps();
        try {
            discard(transport.send(transport.request().uri(https.uri("")).GET().build()));
            endpoint = https;
            return true;
        } catch (IOException notHttps) {
            return false;
        }
    }

    static void discard(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException ofNoConcern) {
            // The connection is given up; nothing was wanted of it.
            return;
        }
    }

    private static IOException present(@org.jspecify.annotations.Nullable IOException failure) {
        return failure == null ? new IOException("no answer") : failure;
    }
}
