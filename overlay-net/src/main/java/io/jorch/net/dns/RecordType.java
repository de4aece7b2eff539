package io.jorch.net.dns;

/// The types of record that mean something to us (RFC 1035, 3.2.2; OPT is RFC 6891).
final class RecordType {
    static final int A = 1;
    static final int PTR = 12;
    static final int OPT = 41;
    static final int ANY = 255;

    private RecordType() {
    }
}
