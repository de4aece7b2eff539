package io.jorch.raft.state;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.util.Arrays;

/// A transaction as the plain bytes of a Raft entry: magic `JE`, version (1 byte), JSON (UTF-8).
final class EntryCodec {
    private static final byte VERSION = 1;
    private static final int HEADER = 3;

    private EntryCodec() {
    }

    static byte[] encode(Transaction transaction) {
        byte[] json = Json.write(transaction);
        byte[] entry = new byte[HEADER + json.length];
        entry[0] = 'J';
        entry[1] = 'E';
        entry[2] = VERSION;
        System.arraycopy(json, 0, entry, HEADER, json.length);
        return entry;
    }

    static Transaction decode(byte[] entry) {
        if (entry.length < HEADER || entry[0] != 'J' || entry[1] != 'E') {
            throw new JorchException(ErrorCode.CORRUPT, "Raft entry has no magic: it was not written by jorch");
        }
        if (entry[2] != VERSION) {
            throw new JorchException(ErrorCode.UNSUPPORTED, "Raft entry has version " + entry[2]
                    + ", this jorch reads " + VERSION + ": run the newer jorch that wrote it");
        }
        return Json.readTolerant(Arrays.copyOfRange(entry, HEADER, entry.length), Transaction.class);
    }
}
