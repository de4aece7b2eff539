package io.jorch.runtime.security;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one table of system calls (`syscalls.table` beside this class): for each its name, its number per architecture
/// and the default profile's verdict. Immutable.
public final class SyscallTable {
    /// The number of a call that an architecture doesn't have.
    public static final int NONE = -1;

    /// One line. `capability` stands only with the verdict CAPABILITY.
    public record Entry(String name, int x86, int arm, Verdict verdict, @Nullable Capability capability) {
        /// The number on that architecture, or [#NONE].
        public int number(Architecture architecture) {
            return switch (architecture) {
                case X86_64 -> x86;
                case AARCH64 -> arm;
            };
        }
    }

    /// The fourth column; the table's head explains each.
    public enum Verdict {
        ALLOW, RULE, CAPABILITY, DENY, ABSENT
    }

    private static final class Holder {
        static final SyscallTable TABLE = parse(read());
    }

    private final List<Entry> entries;

    private SyscallTable(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    public static SyscallTable get() {
        return Holder.TABLE;
    }

    public List<Entry> entries() {
        return entries;
    }

    /// The number of a named call, or [#NONE] if this architecture lacks it.
    public int number(String name, Architecture architecture) {
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return entry.number(architecture);
            }
        }
        throw new JorchException(ErrorCode.INVALID, "system call " + name + " is not in the table");
    }

    static SyscallTable parse(String text) {
        List<Entry> entries = new ArrayList<>(400);
        for (String line : text.split("\n")) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                entries.add(entry(line.trim().split(" +")));
            }
        }
        return new SyscallTable(entries);
    }

    private static Entry entry(String[] columns) {
        Verdict verdict = switch (columns[3]) {
            case "allow" -> Verdict.ALLOW;
            case "rule" -> Verdict.RULE;
            case "cap" -> Verdict.CAPABILITY;
            case "deny" -> Verdict.DENY;
            case "absent" -> Verdict.ABSENT;
            default -> throw new JorchException(ErrorCode.INTERNAL,
                    "syscalls.table: " + columns[0] + " has the unknown verdict " + columns[3]);
        };
        Capability capability = verdict == Verdict.CAPABILITY ? Capability.valueOf(columns[4]) : null;
        return new Entry(columns[0], number(columns[1]), number(columns[2]), verdict, capability);
    }

    private static int number(String column) {
        return column.equals("-") ? NONE : Integer.parseInt(column);
    }

    private static String read() {
        try (InputStream in = SyscallTable.class.getResourceAsStream("syscalls.table")) {
            if (in == null) {
                throw new JorchException(ErrorCode.INTERNAL, "syscalls.table is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "syscalls.table can't be read", failure);
        }
    }
}
