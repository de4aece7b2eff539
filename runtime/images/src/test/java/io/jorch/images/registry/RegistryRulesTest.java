package io.jorch.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class RegistryRulesTest {
    @ParameterizedTest
    @CsvSource({"docker.io,true", "example.com,true", "localhost,false", "localhost:5000,false", "127.0.0.1:1,false",
            "127.9.9.9,false", "[::1]:5000,false", "127.0.0.1.evil.com,true", "localhost.evil.com,true",
            "10.0.0.1:5000,false", "10.0.0.1:5001,true", "plain.example,false", "plain.example:77,false"})
    void onlyLoopbackAndNamedRegistriesAreAskedOverHttp(String domain, boolean https) {
        RegistrySettings settings = RegistrySettings.DEFAULT.withInsecure(Set.of("10.0.0.1:5000", "plain.example"));
        assertEquals(https, RegistryEndpoint.of(domain, settings).https());
    }

    @Test
    void whatIsForARegistryIsForItsAddressOnly() {
        RegistryEndpoint endpoint = RegistryEndpoint.of("example.com", RegistrySettings.DEFAULT);
        assertTrue(endpoint.owns(URI.create("https://EXAMPLE.com:443/v2/x")));
        assertFalse(endpoint.owns(URI.create("http://example.com/v2/x")));
        assertFalse(endpoint.owns(URI.create("https://example.com:444/v2/x")));
        assertFalse(endpoint.owns(URI.create("https://cdn.example.com/v2/x")));
    }

    @Test
    void challengesAreRead() {
        assertEquals(Optional.of(new Challenge("bearer", Map.of("realm", "https://a/b?c=\"d", "scope", "repository:a/b:pull,push"))),
                Challenge.choose(List.of("Basic realm=\"x\"", "BEARER realm=\"https://a/b?c=\\\"d\" , scope=\"repository:a/b:pull,push\"")));
        assertEquals(Optional.of("basic"), Challenge.choose(List.of("Bearer", "Basic realm=x")).map(Challenge::scheme));
        assertEquals(Optional.empty(), Challenge.choose(List.of("Negotiate", "")));
    }

    @Test
    void pausesGrowAndEnd() {
        RetryPolicy policy = new RetryPolicy(4, Duration.ofMillis(100), Duration.ofSeconds(2));
        assertEquals(Optional.of(Duration.ofMillis(100)), policy.pause(1, Optional.empty(), 0.5));
        assertEquals(Optional.of(Duration.ofMillis(500)), policy.pause(3, Optional.empty(), 1));
        assertEquals(Optional.of(Duration.ofSeconds(1)), policy.pause(1, Optional.of(Duration.ofSeconds(1)), 0.5));
        assertEquals(Optional.of(Duration.ofSeconds(2)), policy.pause(1, Optional.of(Duration.ofHours(1)), 0.5));
        assertEquals(Optional.empty(), policy.pause(4, Optional.empty(), 0.5));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        ZonedDateTime now = ZonedDateTime.of(2026, 11, 24, 10, 0, 0, 0, ZoneOffset.UTC);
        assertEquals(Optional.of(Duration.ofSeconds(7)), RetryPolicy.retryAfter("7", now));
        assertEquals(Optional.of(Duration.ofSeconds(90)), RetryPolicy.retryAfter("Tue, 24 Nov 2026 10:01:30 GMT", now));
        assertEquals(Optional.of(Duration.ZERO), RetryPolicy.retryAfter("Tue, 24 Nov 2026 09:00:00 GMT", now));
        assertEquals(Optional.empty(), RetryPolicy.retryAfter("soon", now));
    }
}
