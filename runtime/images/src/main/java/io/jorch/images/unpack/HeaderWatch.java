package io.jorch.images.unpack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Looks over the tar reader's shoulder at the headers before an entry (POSIX pax, "ustar Interchange Format"): stops
/// them from filling memory, refuses global ones and sparse files, and keeps the bytes of xattrs, which the reader
/// decodes as text.
final class HeaderWatch {
    private static final int RECORD = 512;
    private static final int TYPE_OFFSET = 156;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int NAME_OFFSET = 0;
    private static final int LINK_OFFSET = 157;
    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_OFFSET = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final String XATTR_KEY = "SCHILY.xattr.";
    private static final String SPARSE_KEY = "GNU.sparse.";

    private final int limit;
    private final byte[] record = new byte[RECORD];
    private int paddingLeft;
    private int filled;
    private long seen;
    private long extensionLeft;
    private boolean entryReached;
    private byte[] pax = new byte[0];
    private int paxFilled;
    private long paxLeft;
    private boolean longName;
    private boolean longLink;
    private final Map<String, byte[]> records = new HashMap<>();

    HeaderWatch(int limit) {
        this.limit = limit;
    }

    /// @param padding bytes that belong to the entry before
    void begin(int padding) {
        paddingLeft = padding;
        filled = 0;
        seen = 0;
        extensionLeft = 0;
        entryReached = false;
        pax = new byte[0];
        paxFilled = 0;
        paxLeft = 0;
        longName = false;
        longLink = false;
        records.clear();
    }

    void accept(byte[] bytes, int offset, int length) {
        seen += length;
        if (seen > limit) {
            throw tooMany();
        }
        int end = offset + length;
        int at = offset + Math.min(paddingLeft, length);
        paddingLeft -= at - offset;
        while (at < end && !entryReached) {
            if (extensionLeft > 0) {
                int part = (int) Math.min(extensionLeft, end - at);
                int wanted = (int) Math.min(paxLeft, part);
                System.arraycopy(bytes, at, pax, paxFilled, wanted);
                paxFilled += wanted;
                paxLeft -= wanted;
                extensionLeft -= part;
                at += part;
            } else {
                int part = Math.min(RECORD - filled, end - at);
                System.arraycopy(bytes, at, record, filled, part);
                filled += part;
                at += part;
                if (filled == RECORD) {
                    filled = 0;
                    header();
                }
            }
        }
    }

    private void header() {
        char type = (char) (record[TYPE_OFFSET] & 0xff);
        if (type == 'g') {
            throw new UnpackException(UnpackException.Reason.UNSUPPORTED_ENTRY,
                    "the layer has a global PAX header, which readers understand differently");
        }
        if (type != 'x' && type != 'X' && type != 'L' && type != 'K') {
            reached();
            return;
        }
        longName |= type == 'L';
        longLink |= type == 'K';
        long size = size();
        if (size > limit) {
            throw tooMany();
        }
        extensionLeft = (size + RECORD - 1) / RECORD * RECORD;
        if (type == 'x') {
            pax = new byte[(int) size];
            paxFilled = 0;
            paxLeft = size;
        }
    }

    /// Octal text, or base 256 when the first bit is set; anything else is left to the tar reader to refuse.
    private long size() {
        if ((record[SIZE_OFFSET] & 0x80) != 0) {
            long value = record[SIZE_OFFSET] & 0x7f;
            for (int i = 1; i < SIZE_LENGTH; i++) {
                value = value > limit ? value : value << 8 | record[SIZE_OFFSET + i] & 0xff;
            }
            return value;
        }
        long value = 0;
        for (int i = 0; i < SIZE_LENGTH; i++) {
            byte digit = record[SIZE_OFFSET + i];
            if (digit >= '0' && digit <= '7') {
                value = value << 3 | digit - '0';
            }
        }
        return value;
    }

    /// The xattrs of the entry that was reached, by their full names.
    Map<String, ByteBuffer> xattrs() {
        Map<String, ByteBuffer> xattrs = new HashMap<>();
        records.forEach((key, value) -> {
            if (key.startsWith(XATTR_KEY)) {
                xattrs.put(key.substring(XATTR_KEY.length()), ByteBuffer.wrap(value).asReadOnlyBuffer());
            }
        });
        return xattrs;
    }

    /// Looks at what the tar reader is about to interpret.
    private void reached() {
        entryReached = true;
        readRecords();
        if (records.keySet().stream().anyMatch(key -> key.startsWith(SPARSE_KEY))) {
            throw new UnpackException(UnpackException.Reason.UNSUPPORTED_ENTRY, "the layer has a sparse file");
        }
        // Where the bytes are no UTF-8 the reader falls back to another encoding: two names could become one.
        boolean ownName = !longName && !records.containsKey("path");
        boolean ownLink = !longLink && !records.containsKey("linkpath");
        if (ownName && !(utf8(NAME_OFFSET, NAME_LENGTH) && utf8(PREFIX_OFFSET, PREFIX_LENGTH))
                || ownLink && !utf8(LINK_OFFSET, NAME_LENGTH)) {
            throw new UnpackException(UnpackException.Reason.BAD_NAME, "the layer has a name that is not UTF-8");
        }
    }

    private boolean utf8(int offset, int length) {
        int end = offset;
        while (end < offset + length && record[end] != 0) {
            end++;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, offset, end - offset));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private void readRecords() {
        int at = 0;
        while (at < paxFilled) {
            int space = find(' ', at, paxFilled);
            int length = space < 0 ? -1 : number(at, space);
            int equals = space < 0 ? -1 : find('=', space, paxFilled);
            if (length <= 0 || length > paxFilled - at || equals < 0 || equals >= at + length
                    || pax[at + length - 1] != '\n') {
                throw new UnpackException(UnpackException.Reason.MALFORMED, "the layer has a malformed PAX header");
            }
            String key = new String(pax, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            records.put(key, Arrays.copyOfRange(pax, equals + 1, at + length - 1));
            at += length;
        }
    }

    private int find(char wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (pax[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private int number(int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            if (pax[i] < '0' || pax[i] > '9' || value > limit) {
                return -1;
            }
            value = value * 10 + pax[i] - '0';
        }
        return value;
    }

    private UnpackException tooMany() {
        return new UnpackException(UnpackException.Reason.LIMIT,
                "an entry's headers are longer than " + limit + " bytes");
    }
}
