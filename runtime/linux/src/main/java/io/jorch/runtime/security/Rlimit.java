package io.jorch.runtime.security;

import io.jorch.api.error.JorchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One resource limit of setrlimit(2). [#UNLIMITED] is -1, as in Docker's `Ulimits` and in the kernel's struct.
public record Rlimit(Resource resource, long soft, long hard) {
    public static final long UNLIMITED = -1;

    /// In the order of asm-generic/resource.h: the ordinal is the number.
    public enum Resource {
        CPU, FSIZE, DATA, STACK, CORE, RSS, NPROC, NOFILE, MEMLOCK, AS, LOCKS, SIGPENDING, MSGQUEUE, NICE, RTPRIO,
        RTTIME;

        public int number() {
            return ordinal();
        }

        /// Docker's spelling: lower case.
        static Resource parse(String field, String name) {
            for (Resource resource : values()) {
                if (resource.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return resource;
                }
            }
            throw JorchException.invalid(field, "unknown resource " + name + ": use one of getrlimit(2) in lower case");
        }
    }

    /// What a task gets unless its spec says otherwise.
    ///
    /// NOFILE: a soft limit of 1024 keeps select(2) safe and spares programs that close every descriptor a loop over
    /// millions; servers raise it themselves up to the hard one. CORE: no dumps, since they hold secrets and a piped
    /// `core_pattern` runs a program on the host. The rest is inherited.
    public static final List<Rlimit> DEFAULTS = List.of(
            new Rlimit(Resource.CORE, 0, 0), new Rlimit(Resource.NOFILE, 1024, 524_288));

    public Rlimit {
        if (soft < UNLIMITED || hard < UNLIMITED) {
            throw JorchException.invalid("Ulimits", "a limit is -1 (unlimited) or more");
        }
        if (Long.compareUnsigned(soft, hard) > 0) {
            throw JorchException.invalid("Ulimits", resource.name().toLowerCase(Locale.ROOT) + ": the soft limit "
                    + soft + " is above the hard limit " + hard);
        }
    }

    /// From the fields of Docker's `Ulimit`.
    public static Rlimit parse(String name, long soft, long hard) {
        return new Rlimit(Resource.parse("Ulimits.Name", name), soft, hard);
    }

    /// The defaults with a spec's own in their place, one per resource, in the order of their numbers.
    public static List<Rlimit> defaultsWith(List<Rlimit> own) {
        Map<Resource, Rlimit> byResource = new EnumMap<>(Resource.class);
        DEFAULTS.forEach(limit -> byResource.put(limit.resource(), limit));
        own.forEach(limit -> byResource.put(limit.resource(), limit));
        return new ArrayList<>(byResource.values());
    }

    /// `struct rlimit64`: soft, hard.
    public byte[] bytes() {
        return ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putLong(soft).putLong(hard).array();
    }
}
