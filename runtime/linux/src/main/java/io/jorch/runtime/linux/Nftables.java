package io.jorch.runtime.linux;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import jnr.ffi.Pointer;

/// A context of libnftables. It works in the network namespace that its thread was in when it was opened, whatever
/// thread calls it later. The library keeps tables of its own for the whole process, so calls go one at a time.
public final class Nftables implements AutoCloseable {
    private static final ReentrantLock LIBRARY = new ReentrantLock();
    private static final int ERROR_LIMIT = 400;

    private final Pointer context;
    private boolean closed;

    private Nftables(Pointer context) {
        this.context = context;
    }

    public static Nftables open() {
        LIBRARY.lock();
        try {
            LibNftables library = LibNftables.instance();
            Pointer context = library.nft_ctx_new(0);
            if (context == null) {
                throw new JorchException(ErrorCode.EXHAUSTED, "libnftables has no room for another context");
            }
            library.nft_ctx_buffer_output(context);
            library.nft_ctx_buffer_error(context);
            return new Nftables(context);
        } catch (LinkageError missing) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "libnftables.so.1 can't be loaded: install it (Debian: libnftables1, Fedora: nftables)", missing);
        } finally {
            LIBRARY.unlock();
        }
    }

    /// Runs commands in nft's language as one transaction: all of them, or none and an exception with nft's words.
    ///
    /// @return what `list` commands wrote
    public String run(String commands) {
        NativeMemory text = NativeMemory.string(commands);
        LIBRARY.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this nftables context is closed");
            }
            LibNftables library = LibNftables.instance();
            int result = library.nft_run_cmd_from_buffer(context, text.pointer());
            String output = read(library.nft_ctx_get_output_buffer(context));
            if (result != 0) {
                String error = read(library.nft_ctx_get_error_buffer(context)).strip().replaceAll("\\s*\n\\s*", " | ");
                throw new JorchException(ErrorCode.INTERNAL, "nftables refused the rules: "
                        + error.substring(0, Math.min(ERROR_LIMIT, error.length())));
            }
            return output;
        } finally {
            LIBRARY.unlock();
            Reference.reachabilityFence(text);
        }
    }

    @Override
    public void close() {
        LIBRARY.lock();
        try {
            if (!closed) {
                closed = true;
                LibNftables.instance().nft_ctx_free(context);
            }
        } finally {
            LIBRARY.unlock();
        }
    }

    private static String read(Pointer buffer) {
        return buffer == null ? "" : buffer.getString(0, Integer.MAX_VALUE, StandardCharsets.UTF_8);
    }
}
