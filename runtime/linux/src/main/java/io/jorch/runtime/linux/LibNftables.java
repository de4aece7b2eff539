package io.jorch.runtime.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/// The functions of libnftables (libnftables(3)) that jorch calls; [Nftables] is how to use them. Public for jnr-ffi only.
public interface LibNftables {
    @SuppressWarnings("checkstyle:MethodName")
    Pointer nft_ctx_new(int flags);

    @SuppressWarnings("checkstyle:MethodName")
    void nft_ctx_free(Pointer context);

    @SuppressWarnings("checkstyle:MethodName")
    int nft_ctx_buffer_output(Pointer context);

    @SuppressWarnings("checkstyle:MethodName")
    int nft_ctx_buffer_error(Pointer context);

    @SuppressWarnings("checkstyle:MethodName")
    Pointer nft_ctx_get_output_buffer(Pointer context);

    @SuppressWarnings("checkstyle:MethodName")
    Pointer nft_ctx_get_error_buffer(Pointer context);

    @SuppressWarnings("checkstyle:MethodName")
    int nft_run_cmd_from_buffer(Pointer context, Pointer commands);

    /// Throws UnsatisfiedLinkError (wrapped in ExceptionInInitializerError) where the library is not installed.
    static LibNftables instance() {
        return Loaded.INSTANCE;
    }

    /// Loads the library at first use, once.
    final class Loaded {
        private static final LibNftables INSTANCE = LibraryLoader.create(LibNftables.class).load("libnftables.so.1");

        private Loaded() {
        }
    }
}
