package io.jorch.raft.tail;

/// Walks over the fields of a protobuf message. A malformed rest ends the walk: the checksum has been checked before.
final class ProtoFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] bytes;
    private final int limit;
    private int position;
    private int number;
    private long value;
    private int start;

    ProtoFields(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.limit = end;
    }

    boolean next() {
        Varint tag = Varint.read(bytes, position, limit);
        if (tag == null) {
            return false;
        }
        number = (int) (tag.value() >>> 3);
        start = tag.end();
        return switch ((int) (tag.value() & 7)) {
            case VARINT -> varint();
            case FIXED_64 -> skip(start, 8);
            case BYTES -> delimited();
            case FIXED_32 -> skip(start, 4);
            default -> false;
        } && position <= limit;
    }

    private boolean varint() {
        Varint read = Varint.read(bytes, start, limit);
        if (read == null) {
            return false;
        }
        value = read.value();
        position = read.end();
        return true;
    }

    private boolean delimited() {
        Varint length = Varint.read(bytes, start, limit);
        if (length == null || length.value() < 0 || length.value() > limit - length.end()) {
            return false;
        }
        start = length.end();
        return skip(start, (int) length.value());
    }

    private boolean skip(int from, int length) {
        position = from + length;
        return true;
    }

    int number() {
        return number;
    }

    /// Of a number.
    long value() {
        return value;
    }

    /// Of a message or a string: where it begins.
    int start() {
        return start;
    }

    /// Of a message or a string: where it ends.
    int end() {
        return position;
    }
}
