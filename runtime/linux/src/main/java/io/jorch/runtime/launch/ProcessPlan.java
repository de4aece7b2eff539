package io.jorch.runtime.launch;

import java.util.List;

import io.jorch.api.error.JorchException;

/// A program to run in a container and what it may do: the first process, or one joined later.
///
/// @param arguments the first is the program: a path, or a name looked up in PATH inside the container
/// @param environment `NAME=value`
/// @param workingDirectory made if missing
/// @param capabilities sets as bit masks
/// @param noNewPrivileges see prctl(2)
/// @param seccomp the filter's BPF instructions, 8 bytes each; empty: none
/// @param oomScoreAdjust -1000 to 1000
public record ProcessPlan(List<String> arguments, List<String> environment, String workingDirectory, User user,
        int umask, Capabilities capabilities, boolean noNewPrivileges, Seccomp seccomp, List<Rlimit> rlimits,
        int oomScoreAdjust) {

    public ProcessPlan {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        rlimits = List.copyOf(rlimits);
        ContainerPath.check("workingDirectory", workingDirectory);
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw JorchException.invalid("arguments", "are empty: name the program to run");
        }
        if (oomScoreAdjust < -1000 || oomScoreAdjust > 1000) {
            throw JorchException.invalid("oomScoreAdjust", oomScoreAdjust + " must lie between -1000 and 1000");
        }
    }

    /// The same for another program.
    public ProcessPlan running(List<String> other) {
        return new ProcessPlan(other, environment, workingDirectory, user, umask, capabilities, noNewPrivileges,
                seccomp, rlimits, oomScoreAdjust);
    }

    /// Container ids.
    public record User(int uid, int gid, List<Integer> groups) {
        public static final User ROOT = new User(0, 0, List.of());

        public User {
            groups = List.copyOf(groups);
        }
    }

    /// Sets of capability(7) as masks of `1 << number`.
    public record Capabilities(long bounding, long effective, long permitted, long inheritable, long ambient) {
        public static final Capabilities NONE = new Capabilities(0, 0, 0, 0, 0);

        /// The same set wherever it counts, as image defaults have it; nothing is inheritable or ambient.
        public static Capabilities of(long mask) {
            return new Capabilities(mask, mask, mask, 0, 0);
        }
    }

    /// A compiled filter; compared by content.
    public record Seccomp(byte[] instructions) {
        public static final Seccomp NONE = new Seccomp(new byte[0]);

        public Seccomp {
            instructions = instructions.clone();
            if (instructions.length % 8 != 0 || instructions.length > 4096 * 8) {
                throw JorchException.invalid("seccomp", "a filter has up to 4096 instructions of 8 bytes each");
            }
        }

        @Override
        public byte[] instructions() {
            return instructions.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Seccomp(byte[] its) && java.util.Arrays.equals(instructions, its);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(instructions);
        }

        @Override
        public String toString() {
            return "Seccomp[" + instructions.length / 8 + " instructions]";
        }
    }

    /// @param resource the number of RLIMIT_X; see setrlimit(2); -1 as a limit means infinity
    public record Rlimit(int resource, long soft, long hard) {
    }
}
