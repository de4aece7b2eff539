package io.jorch.runtime.security;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;

/// The machines a filter can be made for. The audit number is `AUDIT_ARCH_*` of linux/audit.h: the kernel puts it into
/// `seccomp_data.arch`, and a filter that doesn't check it can be passed by through a 32-bit entry.
public enum SeccompArchitecture {
    X86_64(0xC000003E, "amd64"), AARCH64(0xC00000B7, "aarch64");

    private final int audit;
    private final String javaName;

    SeccompArchitecture(int audit, String javaName) {
        this.audit = audit;
        this.javaName = javaName;
    }

    public int audit() {
        return audit;
    }

    /// That of the machine we run on.
    public static SeccompArchitecture current() {
        String name = System.getProperty("os.arch", "");
        for (SeccompArchitecture architecture : values()) {
            if (architecture.javaName.equals(name)) {
                return architecture;
            }
        }
        throw new JorchException(ErrorCode.UNSUPPORTED,
                "no system call table for " + name + ": jorch runs on amd64 and aarch64");
    }
}
