package io.jorch.api.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// Docker's `Privileges`: relaxations of the security defaults, each by name.
///
/// @param noNewPrivileges null means jorch's default, which is true
public record Privileges(@Nullable CredentialSpec credentialSpec,
        @JsonProperty("SELinuxContext") @Nullable SeLinuxContext seLinuxContext, @Nullable Seccomp seccomp,
        @Nullable AppArmor appArmor, @Nullable Boolean noNewPrivileges) {
    /// Windows only: refused by name.
    public record CredentialSpec(@Nullable String config, @Nullable String file, @Nullable String registry) {
    }

    public record SeLinuxContext(boolean disable, @Nullable String user, @Nullable String role, @Nullable String type,
            @Nullable String level) {
    }

    /// @param mode `default`, `unconfined` or `custom`
    /// @param profile the custom profile's JSON, base64 as Go's `[]byte`
    public record Seccomp(@Nullable String mode, byte @Nullable [] profile) {
    }

    /// @param mode `default` or `disabled`
    public record AppArmor(@Nullable String mode) {
    }
}
