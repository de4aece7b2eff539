package io.jorch.net.space;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The kernel's switches under `/proc/sys/net`, of the network namespace that the calling thread is in.
final class Sysctl {
    private static final Path ROOT = Path.of("/proc/sys/net");

    private Sysctl() {
    }

    /// @param key relative, with slashes: `ipv4/conf/eth0/forwarding`
    static void set(String key, String value) {
        try {
            Files.writeString(ROOT.resolve(key), value);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNSUPPORTED, "/proc/sys/net/" + key + " can't be set to " + value
                    + ", check that /proc/sys is writable: " + JorchException.describe(failure), failure);
        }
    }

    static String get(String key) {
        try {
            return Files.readString(ROOT.resolve(key)).strip();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "/proc/sys/net/" + key + " can't be read: " + JorchException.describe(failure), failure);
        }
    }

    /// Turns IPv6 off for an interface, or for those to come by `default`; nothing to do on a kernel without it.
    static void withoutIpv6(String interfaceName) {
        String key = "ipv6/conf/" + interfaceName + "/disable_ipv6";
        if (Files.exists(ROOT.resolve(key))) {
            set(key, "1");
        }
    }
}
