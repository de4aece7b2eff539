package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer. Begins on the event loop, which finds the route and collects the body; then a virtual
/// thread calls the endpoint and writes what it answers.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Routes routes;
    private final ExecutorService threads;
    private final Map<String, String> headers;
    private boolean refused;
    private @Nullable BodyInput upload;

    Exchange(HttpServerRequest request, Routes routes, ExecutorService threads, Map<String, String> headers) {
        this.request = request;
        this.response = request.response();
        this.routes = routes;
        this.threads = threads;
        this.headers = headers;
    }

    /// On the event loop.
    void begin() {
        headers.forEach(response::putHeader);
        response.putHeader("Api-Version", ApiVersion.NEWEST.toString());
        response.exceptionHandler(failure -> LOG.debug("event=answer-cut path={} error=\"{}\"", request.path(),
                JorchException.describe(failure)));
        try {
            Routes.Match match = routes.match(request.method().name(), request.path());
            Query query = Query.parse(request.query(), match.route().queries());
            switch (match.route().body()) {
                case WHOLE -> collect(match, query);
                case STREAMED -> {
                    upload = new BodyInput(request);
                    submit(match, query, new byte[0], upload);
                }
            }
        } catch (JorchException wrong) {
            finish(Answer.failure(wrong));
        }
    }

    private void collect(Routes.Match match, Query query) {
        Buffer collected = Buffer.buffer();
        request.handler(part -> {
            if (collected.length() + part.length() > ControlServer.BODY_LIMIT) {
                if (!refused) {
                    refused = true;
                    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    finish(new Answer(413, Map.of(), Answer.failure(ErrorCode.INVALID, "body: is longer than "
                            + ControlServer.BODY_LIMIT + " bytes").content()));
                }
                return;
            }
            collected.appendBuffer(part);
        });
        request.endHandler(_ -> {
            if (!refused) {
                byte[] body = collected.getBytes();
                submit(match, query, body, new ByteArrayInputStream(body));
            }
        });
    }

    private void submit(Routes.Match match, Query query, byte[] body, InputStream stream) {
        Request asked = new Request(match.version(), match.path(), query, request::getHeader, body, stream);
        FutureTask<?> running = new FutureTask<>(() -> run(match.route(), asked), null);
        response.closeHandler(_ -> running.cancel(true));
        try {
            threads.execute(running);
        } catch (RejectedExecutionException stopping) {
            finish(Answer.failure(ErrorCode.UNAVAILABLE, "the daemon is stopping: ask again, or another node"));
        }
    }

    /// On the request's virtual thread.
    private void run(Route route, Request asked) {
        long begun = System.nanoTime();
        Answer answer = answer(route, asked);
        if (!request.method().name().equals("GET") && !request.method().name().equals("HEAD")) {
            LOG.info("event=api-change method={} path={} status={} ms={}", request.method(), request.path(),
                    answer.status(), (System.nanoTime() - begun) / 1_000_000);
        }
        finish(answer);
    }

    private Answer answer(Route route, Request asked) {
        try {
            return route.endpoint().answer(asked);
        } catch (JorchException failure) {
            if (failure.code() == ErrorCode.INTERNAL) {
                LOG.error("event=api-failed method={} path={}", request.method(), request.path(), failure);
            }
            return Answer.failure(failure);
        } catch (InterruptedException gone) {
            return Answer.failure(ErrorCode.UNAVAILABLE, "the request was cancelled");
        } catch (RuntimeException bug) {
            LOG.error("event=api-failed method={} path={}", request.method(), request.path(), bug);
            return Answer.failure(ErrorCode.INTERNAL, JorchException.describe(bug));
        }
    }

    private void finish(Answer answer) {
        try {
            send(answer);
        } finally {
            if (answer.content() instanceof Answer.Stream stream) {
                stream.writer().close();
            }
        }
    }

    private void send(Answer answer) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        switch (answer.content()) {
            case Answer.Whole whole -> {
                if (!whole.type().isEmpty()) {
                    response.putHeader(HttpHeaders.CONTENT_TYPE, whole.type());
                }
                response.end(Buffer.buffer(whole.bytes()));
            }
            case Answer.Stream stream -> write(stream);
        }
        if (upload != null) {
            upload.discard();
        }
    }

    private void write(Answer.Stream stream) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, stream.type());
        response.setChunked(true);
        try {
            AnswerOutput out = new AnswerOutput(response);
            out.head();
            stream.writer().write(out);
            response.end();
        } catch (IOException | InterruptedException gone) {
            LOG.debug("event=stream-cut path={} error=\"{}\"", request.path(), JorchException.describe(gone));
            cut();
        } catch (RuntimeException failure) {
            LOG.warn("event=stream-failed path={} error=\"{}\"", request.path(), JorchException.describe(failure));
            cut();
        }
    }

    /// No terminating chunk is sent, so the client sees that the answer isn't whole.
    private void cut() {
        request.connection().close();
    }
}
