package io.jorch.runtime.linux;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// The machine architectures that jorch knows; system call numbers, struct layouts and BPF checks hang on it.
public enum Architecture {
    X86_64, AARCH64;

    private static final Architecture CURRENT = of(System.getProperty("os.arch", ""));

    public static Architecture current() {
        return CURRENT;
    }

    private static Architecture of(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> throw new JorchException(ErrorCode.UNSUPPORTED,
                    "architecture " + name + " is not supported: use x86_64 or aarch64");
        };
    }
}
