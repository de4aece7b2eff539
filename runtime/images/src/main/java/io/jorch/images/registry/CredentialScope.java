package io.jorch.images.registry;

import io.jorch.api.image.RegistryCredential;
import io.jorch.images.model.ImageReference;
import java.util.Locale;

/// For which registry a credential is.
final class CredentialScope {
    private CredentialScope() {
    }

    /// The credential, or none if it is for another registry than the one that will be asked.
    static RegistryCredential usable(String domain, RegistryCredential credential) {
        return credential.serverAddress().isEmpty() || host(credential.serverAddress()).equals(normal(domain))
                ? credential
                : RegistryCredential.ANONYMOUS;
    }

    /// Docker writes `https://index.docker.io/v1/`, `host:5000` or `https://host`.
    private static String host(String address) {
        String bare = address.replaceFirst("^https?://", "");
        int slash = bare.indexOf('/');
        return normal(slash < 0 ? bare : bare.substring(0, slash));
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("index.docker.io") || lower.equals("registry-1.docker.io")
                ? ImageReference.DEFAULT_DOMAIN
                : lower;
    }
}
