package io.jorch.raft.engine;

import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Mutual TLS between members. Both managers are asked anew for each connection, so that renewed certificates need no
/// restart. The trust manager alone decides who the peer is: by its certificate, never by its address.
///
/// @param keys  this member's key and certificate
/// @param trust accepts members of this cluster's managers, in both directions, and nobody else
public record PeerTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {

    public PeerTls {
        Objects.requireNonNull(keys);
        Objects.requireNonNull(trust);
    }
}
