package io.jorch.manager.control.seam;

import io.jorch.api.image.RegistryCredential;

/// Takes the registry credential that came with a service, so that nodes can pull its image. An implementation never
/// logs it and never shows it.
@FunctionalInterface
public interface CredentialKeeper {
    /// @param serviceId whose nodes may have it
    /// @param reference the image it is for
    void keep(String serviceId, String reference, RegistryCredential credential);
}
