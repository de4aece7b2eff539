package io.jorch.images.registry;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.stream.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/// The HTTP client, its threads and its clocks, shared by all sessions.
final class Transport implements AutoCloseable {
    private final RegistrySettings settings;
    private final HttpClient client;
    private final ScheduledExecutorService clock = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("jorch-registry-clock").factory());

    Transport(RegistrySettings settings) {
        this.settings = settings;
        // Redirects are followed by Session, which knows what may be sent along.
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connect())
                .executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    }

    RegistrySettings settings() {
        return settings;
    }

    Authenticator authenticator() {
        return new Authenticator(client, settings.answer());
    }

    /// Sends once; the body is guarded against stalls.
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, info -> HttpResponse.BodySubscribers.mapping(BodyHandlers.ofInputStream().apply(info),
                    body -> new GuardedBody(body, settings.stall(), clock)));
        } catch (InterruptedException interrupted) {
            throw Cancellation.cancelled();
        }
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder().timeout(settings.answer()).header("User-Agent", "jorch");
    }

    /// Waits before the next attempt.
    ///
    /// @return false: give up
    boolean pause(int failed, Optional<String> retryAfter) {
        Optional<Duration> asked = retryAfter.flatMap(value -> RetryPolicy.retryAfter(value, ZonedDateTime.now(ZoneOffset.UTC)));
        Optional<Duration> pause = settings.retry().pause(failed, asked, ThreadLocalRandom.current().nextDouble());
        if (pause.isEmpty()) {
            return false;
        }
        try {
            Thread.sleep(pause.get());
            return true;
        } catch (InterruptedException interrupted) {
            throw Cancellation.cancelled();
        }
    }

    /// Reads a small body whole.
    ///
    /// @throws JorchException CORRUPT when it is longer than allowed
    static byte[] readAll(HttpResponse<InputStream> response, int limit, String what) throws IOException {
        try (InputStream body = response.body()) {
            if (response.headers().firstValueAsLong("Content-Length").orElse(0) > limit) {
                throw tooLarge(what, limit);
            }
            byte[] content = body.readNBytes(limit + 1);
            if (content.length > limit) {
                throw tooLarge(what, limit);
            }
            return content;
        }
    }

    private static JorchException tooLarge(String what, int limit) {
        return new JorchException(ErrorCode.CORRUPT, "refused " + what + ": it is larger than " + limit + " bytes");
    }

    @Override
    public void close() {
        client.shutdownNow();
        clock.shutdownNow();
    }
}
