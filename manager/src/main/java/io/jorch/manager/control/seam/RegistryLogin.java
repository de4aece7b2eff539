package io.jorch.manager.control.seam;

import io.jorch.api.image.RegistryCredential;

/// Asks a registry whether a credential is good.
@FunctionalInterface
public interface RegistryLogin {
    /// Blocks.
    ///
    /// @return an identity token to keep in the password's place, or empty
    /// @throws io.jorch.api.error.JorchException UNAUTHENTICATED when it is refused; UNAVAILABLE
    String check(RegistryCredential credential);
}
