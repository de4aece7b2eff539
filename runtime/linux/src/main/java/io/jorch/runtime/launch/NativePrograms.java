package io.jorch.runtime.launch;

import java.io.IOException;
import java.io.InputStream;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;

/// The native programs as sealed memfds: nothing on the machine, and no container, can change what is run
/// (CVE-2019-5736). One per JVM, shared by all launches and so all shims.
final class NativePrograms {
    private static final NativePrograms INSTANCE = new NativePrograms();

    private final Fd interpreter = load("interpreter");
    private final Fd shim = load("shim");

    private NativePrograms() {
    }

    static NativePrograms instance() {
        return INSTANCE;
    }

    Fd interpreter() {
        return interpreter;
    }

    Fd shim() {
        return shim;
    }

    private static Fd load(String name) {
        try (InputStream content = NativePrograms.class.getResourceAsStream("/native/" + name)) {
            if (content == null) {
                throw new JorchException(ErrorCode.INTERNAL,
                        "the program native/" + name + " is missing from this build: build runtime/linux again");
            }
            return FdCalls.sealedMemfd("jorch-" + name, content.readAllBytes(), true);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't read native/" + name, failure);
        }
    }
}
