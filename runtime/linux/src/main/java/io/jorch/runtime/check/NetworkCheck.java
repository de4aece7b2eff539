package io.jorch.runtime.check;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import io.jorch.runtime.linux.Nftables;
import java.util.List;

/// What the networks of tasks need, tried in a network namespace that is gone afterwards.
final class NetworkCheck {
    private NetworkCheck() {
    }

    static List<Finding> run() {
        try {
            return NamespaceThread.runFresh(() -> {
                NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNET);
                return List.of(nftables(), link("veth", LinkProbe.make("veth")), link("vxlan", LinkProbe.make("vxlan")),
                        wireguard(LinkProbe.make("wireguard")));
            });
        } catch (JorchException refused) {
            return List.of(Finding.missing("network", JorchException.describe(refused),
                    "tasks can't have networks of their own", "run as root, with a kernel with CONFIG_NET_NS"));
        }
    }

    private static Finding nftables() {
        try (Nftables nftables = Nftables.open()) {
            nftables.run("add table inet jorch-check; delete table inet jorch-check");
            return Finding.ok("nftables", "library and kernel");
        } catch (JorchException failure) {
            return Finding.missing("nftables", JorchException.describe(failure),
                    "no published ports, no virtual addresses",
                    "install libnftables1 (Debian) or nftables (Fedora), and modprobe nf_tables");
        }
    }

    static Finding link(String kind, boolean there) {
        return there
                ? Finding.ok(kind, "devices can be made")
                : Finding.missing(kind, "the kernel knows no such devices", "no networks between tasks",
                        "modprobe " + kind);
    }

    static Finding wireguard(boolean there) {
        return there
                ? Finding.ok("wireguard", "devices can be made")
                : Finding.degraded("wireguard", "the kernel knows no such devices",
                        "encrypted networks can't be used on this node", "modprobe wireguard");
    }
}
