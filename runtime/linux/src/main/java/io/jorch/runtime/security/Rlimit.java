package io.jorch.runtime.security;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
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

    /// Most open files of a task unless its spec says otherwise; what servers raise their soft limit to.
    private static final long OPEN_FILES = 524_288;
    /// Keeps select(2) safe, and spares programs that close every descriptor a loop over millions.
    private static final long OPEN_FILES_SOFT = 1024;

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

    /// What a task gets unless its spec says otherwise: files as above, and no core dumps, since they hold secrets and a
    /// piped `core_pattern` runs a program on the host. The rest is inherited.
    ///
    /// @param openFiles the daemon's own hard limit of open files ([#ownOpenFiles]): only CAP_SYS_RESOURCE, which a
    ///                  daemon in a container lacks, could go above, and a default must not fail
    public static List<Rlimit> defaults(long openFiles) {
        long hard = Long.compareUnsigned(openFiles, OPEN_FILES) < 0 ? openFiles : OPEN_FILES;
        return List.of(new Rlimit(Resource.CORE, 0, 0),
                new Rlimit(Resource.NOFILE, Math.min(OPEN_FILES_SOFT, hard), hard));
    }

    /// The defaults with a spec's own in their place, one per resource, in the order of their numbers. The spec's own are
    /// taken as they are: what the kernel refuses then fails the start.
    public static List<Rlimit> defaultsWith(List<Rlimit> own, long openFiles) {
        Map<Resource, Rlimit> byResource = new EnumMap<>(Resource.class);
        defaults(openFiles).forEach(limit -> byResource.put(limit.resource(), limit));
        own.forEach(limit -> byResource.put(limit.resource(), limit));
        return new ArrayList<>(byResource.values());
    }

    /// The hard limit of open files of this process; [#UNLIMITED] if there is none.
    public static long ownOpenFiles() {
        NativeMemory limit = NativeMemory.allocate(16);
        Kernel.call(Syscall.PRLIMIT64, "read the limit of open files", 0, Resource.NOFILE.number(), 0, limit);
        return limit.getLong(8);
    }

    /// `struct rlimit64`: soft, hard.
    public byte[] bytes() {
        return ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putLong(soft).putLong(hard).array();
    }
}
