package io.jorch.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/// What a registry's refusal means to the user.
final class RegistryFailure {
    private static final int BODY_BYTES = 16 << 10;
    private static final int SHOWN = 200;

    private RegistryFailure() {
    }

    /// Reads the body's beginning and closes it.
    static JorchException of(String what, HttpResponse<InputStream> response) {
        String detail = detail(response);
        String problem = what + ": " + response.uri().getHost() + " answered " + response.statusCode()
                + (detail.isEmpty() ? "" : " (" + detail + ")");
        return switch (response.statusCode()) {
            case 401 -> new JorchException(ErrorCode.UNAUTHENTICATED, problem + ": log in to the registry");
            case 403 -> new JorchException(ErrorCode.FORBIDDEN, problem + ": this login may not do that");
            case 404 -> new JorchException(ErrorCode.NOT_FOUND, problem + ": check the name and the tag");
            case 408, 425, 429, 500, 502, 503, 504 -> new JorchException(ErrorCode.UNAVAILABLE, problem + ": try again later");
            default -> new JorchException(ErrorCode.INTERNAL, problem);
        };
    }

    static JorchException unreachable(String what, String host, IOException failure) {
        return new JorchException(ErrorCode.UNAVAILABLE,
                what + ": can't reach " + host + ": " + JorchException.describe(failure), failure);
    }

    static JorchException corrupt(String problem) {
        return new JorchException(ErrorCode.CORRUPT, "refused what the registry sent: " + problem);
    }

    /// The first error's message (distribution-spec, "Error Codes"), as one short line.
    private static String detail(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            JsonNode errors = Json.mapper().readTree(body.readNBytes(BODY_BYTES)).path("errors");
            String message = errors.path(0).path("message").asText(errors.path(0).path("code").asText(""));
            String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
            return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
        } catch (IOException noJson) {
            return "";
        }
    }
}
