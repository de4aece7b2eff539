package io.jorch.images.registry;

import io.jorch.images.model.ImageReference;
import java.net.URI;
import java.util.Locale;

/// Where a registry is asked.
///
/// @param domain as in a reference
/// @param authority host and port to connect to
/// @param insecure plain http is allowed
/// @param https what is spoken
record RegistryEndpoint(String domain, String authority, boolean insecure, boolean https) {
    /// The registry behind Docker's default domain.
    private static final String DOCKER_HUB = "registry-1.docker.io";

    static RegistryEndpoint of(String domain, RegistrySettings settings) {
        boolean insecure = settings.insecure().contains(domain) || settings.insecure().contains(host(domain))
                || loopback(host(domain));
        return new RegistryEndpoint(domain, domain.equals(ImageReference.DEFAULT_DOMAIN) ? DOCKER_HUB : domain,
                insecure, !insecure);
    }

    RegistryEndpoint overHttps() {
        return new RegistryEndpoint(domain, authority, insecure, true);
    }

    /// @param path below `/v2/`, query included
    URI uri(String path) {
        return URI.create((https ? "https://" : "http://") + authority + "/v2/" + path);
    }

    /// Whether a URI is of this very server, so that it may see what is meant for it.
    boolean owns(URI uri) {
        URI own = uri("");
        return own.getScheme().equals(uri.getScheme()) && own.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
                && port(own) == port(uri);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static String host(String domain) {
        int colon = domain.lastIndexOf(':');
        return colon > domain.lastIndexOf(']') ? domain.substring(0, colon) : domain;
    }

    private static boolean loopback(String host) {
        // Literal addresses only: a name that resolves to 127.0.0.1 proves nothing.
        return host.toLowerCase(Locale.ROOT).equals("localhost") || host.equals("[::1]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
