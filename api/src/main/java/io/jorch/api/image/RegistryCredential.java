package io.jorch.api.image;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Absent;
import io.jorch.api.json.Json;
import java.util.Base64;

/// Docker's `AuthConfig`, as it comes in the `X-Registry-Auth` header. Its text form never shows a secret.
///
/// @param serverAddress the registry that the credential is for; empty: the one that is asked
/// @param identityToken an OAuth2 refresh token that stands for user name and password
/// @param registryToken a bearer token to send as it is
@JsonIgnoreProperties({"email", "auth"})
public record RegistryCredential(@JsonProperty("username") String username,
        @JsonProperty("password") String password, @JsonProperty("serveraddress") String serverAddress,
        @JsonProperty("identitytoken") String identityToken, @JsonProperty("registrytoken") String registryToken) {
    public static final RegistryCredential ANONYMOUS = new RegistryCredential("", "", "", "", "");

    public RegistryCredential {
        username = Absent.text(username);
        password = Absent.text(password);
        serverAddress = Absent.text(serverAddress);
        identityToken = Absent.text(identityToken);
        registryToken = Absent.text(registryToken);
    }

    public static RegistryCredential of(String username, String password) {
        return new RegistryCredential(username, password, "", "", "");
    }

    /// Reads the header's value: JSON in base64url (padded or not) or in plain base64. Empty is [#ANONYMOUS].
    ///
    /// @throws JorchException INVALID; the message doesn't repeat the value
    public static RegistryCredential fromHeader(String header) {
        if (header.isBlank()) {
            return ANONYMOUS;
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(header.strip().replace('+', '-').replace('/', '_'));
            return Json.readTolerant(json, RegistryCredential.class);
        } catch (IllegalArgumentException | JorchException wrong) {
            // The cause could quote the secret, so it is dropped on purpose.
            throw new JorchException(ErrorCode.INVALID,
                    "X-Registry-Auth: is no base64url-encoded JSON AuthConfig: log in again");
        }
    }

    public boolean anonymous() {
        return username.isEmpty() && password.isEmpty() && identityToken.isEmpty() && registryToken.isEmpty();
    }

    @Override
    public String toString() {
        return anonymous() ? "RegistryCredential[anonymous]" : "RegistryCredential[" + username + ", ***]";
    }
}
