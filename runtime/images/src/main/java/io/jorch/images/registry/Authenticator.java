package io.jorch.images.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.json.Json;
import io.jorch.images.stream.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/// Answers a registry's challenge (distribution, docs/spec/auth/token.md and oauth.md). Where the secret may go is
/// decided here and nowhere else.
final class Authenticator {
    private static final int TOKEN_BYTES = 1 << 20;
    /// What a token is good for when its answer doesn't say (token.md).
    private static final long DEFAULT_SECONDS = 60;
    private static final long LONGEST_SECONDS = 3600;
    private static final String CLIENT_ID = "jorch";

    private final HttpClient client;
    private final Duration timeout;

    Authenticator(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /// @param fallbackScope for a challenge that names none
    /// @throws JorchException UNAUTHENTICATED when there is nothing to log in with, FORBIDDEN when the secret would go
    ///         where it must not
    Authorization answer(RegistryEndpoint endpoint, Challenge challenge, RegistryCredential credential,
            String fallbackScope) {
        if (!credential.registryToken().isEmpty()) {
            return new Authorization("Bearer " + credential.registryToken(), later(LONGEST_SECONDS));
        }
        if (challenge.scheme().equals("basic")) {
            if (credential.username().isEmpty()) {
                throw new JorchException(ErrorCode.UNAUTHENTICATED,
                        endpoint.domain() + " wants a user name and a password: log in to the registry");
            }
            return new Authorization(basic(credential), later(LONGEST_SECONDS));
        }
        return token(endpoint, challenge, credential, fallbackScope);
    }

    private Authorization token(RegistryEndpoint endpoint, Challenge challenge, RegistryCredential credential,
            String fallbackScope) {
        URI realm = realm(endpoint, challenge.parameter("realm"));
        String scope = challenge.parameter("scope").isEmpty() ? fallbackScope : challenge.parameter("scope");
        String service = challenge.parameter("service");
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(timeout);
        if (!credential.identityToken().isEmpty()) {
            request.uri(realm).header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&client_id=" + CLIENT_ID
                            + "&service=" + encode(service) + "&scope=" + encode(scope) + "&refresh_token="
                            + encode(credential.identityToken())));
        } else {
            String query = "service=" + encode(service) + "&scope=" + encode(scope)
                    + (credential.username().isEmpty() ? "" : "&account=" + encode(credential.username()));
            request.uri(URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query)).GET();
            if (!credential.username().isEmpty()) {
                request.header("Authorization", basic(credential));
            }
        }
        return fetch(endpoint, request.build());
    }

    /// A realm is wherever the registry says, so what may be sent there depends on how it says it: over https only, or
    /// over http to the registry itself if that is insecure anyway.
    private static URI realm(RegistryEndpoint endpoint, String text) {
        URI realm;
        try {
            realm = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw RegistryFailure.corrupt("its token server's address is malformed");
        }
        boolean https = "https".equals(realm.getScheme());
        boolean own = "http".equals(realm.getScheme()) && endpoint.insecure() && sameHost(endpoint, realm);
        if (realm.getHost() == null || !https && !own) {
            throw new JorchException(ErrorCode.FORBIDDEN, endpoint.domain() + " wants a login to be sent to "
                    + realm.getScheme() + "://" + realm.getHost() + ": refused, because it is not https");
        }
        return realm;
    }

    private static boolean sameHost(RegistryEndpoint endpoint, URI realm) {
        return endpoint.uri("").getHost().equalsIgnoreCase(realm.getHost());
    }

    private Authorization fetch(RegistryEndpoint endpoint, HttpRequest request) {
        String what = "log in to " + endpoint.domain();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw RegistryFailure.of(what, response);
            }
            try (InputStream body = response.body()) {
                JsonNode answer = Json.mapper().readTree(body.readNBytes(TOKEN_BYTES));
                String token = answer.path("token").asText(answer.path("access_token").asText(""));
                if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
                    throw RegistryFailure.corrupt("the token server's answer holds no token");
                }
                long seconds = Math.clamp(answer.path("expires_in").asLong(DEFAULT_SECONDS), 1, LONGEST_SECONDS);
                return new Authorization("Bearer " + token, later(seconds));
            }
        } catch (InterruptedException interrupted) {
            throw Cancellation.cancelled();
        } catch (IOException failure) {
            throw RegistryFailure.unreachable(what, request.uri().getHost(), failure);
        }
    }

    private static String basic(RegistryCredential credential) {
        return "Basic " + Base64.getEncoder().encodeToString(
                (credential.username() + ":" + credential.password()).getBytes(StandardCharsets.UTF_8));
    }

    private static long later(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
