package io.jorch.api.docker;

/// Docker's `TLSInfo`: the cluster's certificate authority.
///
/// @param trustRoot PEM
/// @param certIssuerSubject,certIssuerPublicKey base64 of the raw bytes
public record TlsInfo(String trustRoot, String certIssuerSubject, String certIssuerPublicKey) {
}
