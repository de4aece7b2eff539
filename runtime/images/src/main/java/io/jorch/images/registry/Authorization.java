package io.jorch.images.registry;

/// The value of an Authorization header and until when it is good. Its text form hides it.
///
/// @param header empty: none is needed
/// @param expires on the clock of `System.nanoTime`
record Authorization(String header, long expires) {
    boolean good(long now) {
        return expires - now > 0;
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "Authorization[none]" : "Authorization[***]";
    }
}
