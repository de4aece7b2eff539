package io.jorch.runtime.security;

import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A set of capabilities as the kernel holds it: one bit each.
public record Capabilities(long mask) {
    public static final Capabilities NONE = new Capabilities(0);
    public static final Capabilities ALL = new Capabilities((1L << Capability.values().length) - 1);

    /// What a task holds unless its spec says otherwise: the least with which stock images start. They are held in
    /// the task's own user namespace, over its own ids and namespaces only.
    ///
    /// | kept | because |
    /// |---|---|
    /// | CHOWN, FOWNER, DAC_OVERRIDE | entrypoints of databases chown and chmod the volume they are given, as root |
    /// | FSETID | a chmod keeps the set-group bit of shared folders; set-id bits are inert under no_new_privs |
    /// | SETUID, SETGID | the same entrypoints then step down (gosu, su-exec, setpriv); nginx's workers do |
    /// | SETPCAP | it only lets give up: Redis 8 empties its bounding set before it steps down, and fails without |
    /// | KILL | a master that runs as root signals its workers of another id |
    /// | NET_BIND_SERVICE | ports below 1024 |
    ///
    /// | left out of Docker's set | because |
    /// |---|---|
    /// | NET_RAW | forging packets on the overlay; ping needs none (net.ipv4.ping_group_range) |
    /// | MKNOD | does nothing in a user namespace |
    /// | SYS_CHROOT | the classic way out of a chroot; sshd, postfix and vsftpd need it added |
    /// | SETFCAP | file capabilities are inert under no_new_privs |
    /// | AUDIT_WRITE | the kernel refuses it outside the first user namespace anyway |
    public static final Capabilities DEFAULT = of(Capability.CHOWN, Capability.DAC_OVERRIDE, Capability.FOWNER,
            Capability.FSETID, Capability.KILL, Capability.SETGID, Capability.SETUID, Capability.SETPCAP,
            Capability.NET_BIND_SERVICE);

    private static final String EVERY = "ALL";

    public static Capabilities of(Capability... capabilities) {
        long mask = 0;
        for (Capability capability : capabilities) {
            mask |= capability.mask();
        }
        return new Capabilities(mask);
    }

    /// The default set changed by a spec, with the meaning of Docker's `CapabilityAdd` and `CapabilityDrop`: what is
    /// both added and dropped is added; add ALL means all but the dropped; drop ALL means only the added. Docker reads
    /// ALL in both lists as all; that is refused here, since nobody can mean it.
    public static Capabilities defaultsWith(List<String> add, List<String> drop) {
        boolean addAll = containsEvery(add);
        boolean dropAll = containsEvery(drop);
        Capabilities added = parse("CapabilityAdd", add);
        Capabilities dropped = parse("CapabilityDrop", drop);
        if (addAll && dropAll) {
            throw JorchException.invalid("CapabilityAdd", "ALL is both added and dropped: name it in one list");
        }
        if (addAll) {
            return new Capabilities(ALL.mask & ~dropped.mask);
        }
        return dropAll ? added : new Capabilities(DEFAULT.mask & ~dropped.mask | added.mask);
    }

    private static boolean containsEvery(List<String> names) {
        return names.stream().anyMatch(name -> name.toUpperCase(Locale.ROOT).equals(EVERY));
    }

    private static Capabilities parse(String field, List<String> names) {
        long mask = 0;
        for (String name : names) {
            if (!name.toUpperCase(Locale.ROOT).equals(EVERY)) {
                mask |= Capability.parse(field, name).mask();
            }
        }
        return new Capabilities(mask);
    }

    public boolean contains(Capability capability) {
        return (mask & capability.mask()) != 0;
    }

    /// Those of this set that the other lacks: what a spec grants beyond the defaults.
    public Capabilities minus(Capabilities other) {
        return new Capabilities(mask & ~other.mask);
    }

    /// In the order of their bits.
    public List<Capability> list() {
        List<Capability> list = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (contains(capability)) {
                list.add(capability);
            }
        }
        return list;
    }

    /// `CAP_CHOWN,CAP_KILL`, for logs and inspect.
    @Override
    public String toString() {
        return String.join(",", list().stream().map(Capability::fullName).toList());
    }
}
