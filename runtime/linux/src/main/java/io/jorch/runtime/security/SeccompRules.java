package io.jorch.runtime.security;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.List;

/// The rules of those calls whose arguments decide (`rule` in the table). Each says what it lets through and why not
/// more; capabilities that were added to the task widen them.
final class SeccompRules {
    /// `CLONE_NEWUSER`. A task never gets a user namespace below its own, whatever it was granted: inside it would hold
    /// every capability, and so reach kernel code that its own set keeps it from (CVE-2022-0185 and its like).
    static final int NEW_USER = 0x10000000;
    /// `CLONE_NEWTIME`; to clone it is part of the exit signal, so only unshare knows it.
    static final int NEW_TIME = 0x00000080;
    /// `CLONE_NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET`.
    static final int NEW_ANY = 0x7e020000;

    /// Command numbers of asm-generic/ioctls.h that put input into a terminal, as if typed by whoever holds it.
    static final int TIOCSTI = 0x5412;
    static final int TIOCLINUX = 0x541c;

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_AUDIT = 9;

    /// `PER_LINUX`, `PER_LINUX32`, both with `UNAME26`, and the query. No `READ_IMPLIES_EXEC`, no
    /// `ADDR_NO_RANDOMIZE`: they weaken the process, and are carried over execve.
    static final List<Integer> PERSONALITIES = List.of(0, 8, 0x20000, 0x20008, 0xffffffff);

    private SeccompRules() {
    }

    static SeccompRule of(String name, Capabilities granted) {
        return switch (name) {
            case "clone" -> new SeccompRule.AnyBit(0, namespaces(granted), SeccompRule.DENY, SeccompRule.ALLOW);
            case "unshare" ->
                new SeccompRule.AnyBit(0, namespaces(granted) | NEW_TIME, SeccompRule.DENY, SeccompRule.ALLOW);
            case "ioctl" ->
                new SeccompRule.OneOf(1, List.of(TIOCSTI, TIOCLINUX), SeccompRule.DENY, SeccompRule.ALLOW);
            case "personality" -> new SeccompRule.OneOf(0, PERSONALITIES, SeccompRule.ALLOW, SeccompRule.DENY);
            case "socket" -> socket(granted);
            // The other families have no pairs, or should have none (AF_TIPC).
            case "socketpair" -> new SeccompRule.OneOf(0, List.of(AF_UNIX), SeccompRule.ALLOW,
                    SeccompRule.errno(SeccompRule.EAFNOSUPPORT));
            default -> throw new JorchException(ErrorCode.INTERNAL, "no seccomp rule is written for " + name);
        };
    }

    private static int namespaces(Capabilities granted) {
        return granted.contains(Capability.SYS_ADMIN) ? NEW_USER : NEW_ANY;
    }

    /// Families are listed, not excluded: a host may load a module for any of some forty (AF_ALG, AF_VSOCK, AF_RDS,
    /// AF_TIPC, …), and each had holes that no service needs. Of netlink only routes, which every C library reads to
    /// list addresses. The error numbers are those of a kernel without the family, which programs expect.
    private static SeccompRule socket(Capabilities granted) {
        List<Integer> families = new ArrayList<>(List.of(AF_UNIX, AF_INET, AF_INET6));
        if (granted.contains(Capability.NET_RAW)) {
            families.add(AF_PACKET);
        }
        SeccompRule noFamily = SeccompRule.errno(SeccompRule.EAFNOSUPPORT);
        if (granted.contains(Capability.NET_ADMIN)) {
            families.add(AF_NETLINK);
            return new SeccompRule.OneOf(0, families, SeccompRule.ALLOW, noFamily);
        }
        List<Integer> protocols = granted.contains(Capability.AUDIT_WRITE)
                ? List.of(NETLINK_ROUTE, NETLINK_AUDIT)
                : List.of(NETLINK_ROUTE);
        SeccompRule netlink = new SeccompRule.OneOf(2, protocols, SeccompRule.ALLOW,
                SeccompRule.errno(SeccompRule.EPROTONOSUPPORT));
        return new SeccompRule.OneOf(0, families, SeccompRule.ALLOW,
                new SeccompRule.OneOf(0, List.of(AF_NETLINK), netlink, noFamily));
    }
}
