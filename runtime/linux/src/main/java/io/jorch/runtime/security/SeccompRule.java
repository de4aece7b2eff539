package io.jorch.runtime.security;

import java.util.List;

/// What a filter answers to one system call, as a small decision tree over its arguments.
///
/// Only the low 32 bits of an argument are compared, because each argument that a rule looks at is an `int` or an
/// `unsigned int` to the kernel (clone takes a long, but drops the upper half): comparing 64 bits would let a caller
/// pass a forbidden value by setting bits that the kernel ignores.
public sealed interface SeccompRule {
    /// `SECCOMP_RET_ALLOW` of linux/seccomp.h.
    int RETURN_ALLOW = 0x7fff0000;
    /// `SECCOMP_RET_ERRNO`; the error number stands in the low 16 bits.
    int RETURN_ERRNO = 0x00050000;
    /// `SECCOMP_RET_KILL_PROCESS`.
    int RETURN_KILL = 0x80000000;

    int EPERM = 1;
    int ENOSYS = 38;
    int EPROTONOSUPPORT = 93;
    int EAFNOSUPPORT = 97;

    SeccompRule ALLOW = new Return(RETURN_ALLOW);
    SeccompRule DENY = new Return(RETURN_ERRNO | EPERM);
    SeccompRule ABSENT = new Return(RETURN_ERRNO | ENOSYS);

    /// The filter's answer for these arguments: one of the `RETURN_` values.
    int decide(long[] arguments);

    /// A plain answer.
    record Return(int action) implements SeccompRule {
        @Override
        public int decide(long[] arguments) {
            return action;
        }
    }

    /// `then` if the argument is one of the values, else `otherwise`.
    record OneOf(int argument, List<Integer> values, SeccompRule then, SeccompRule otherwise) implements SeccompRule {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public int decide(long[] arguments) {
            return (values.contains((int) arguments[argument]) ? then : otherwise).decide(arguments);
        }
    }

    /// `set` if the argument has any bit of the mask, else `clear`.
    record AnyBit(int argument, int mask, SeccompRule set, SeccompRule clear) implements SeccompRule {
        @Override
        public int decide(long[] arguments) {
            return (((int) arguments[argument] & mask) != 0 ? set : clear).decide(arguments);
        }
    }

    static SeccompRule errno(int number) {
        return new Return(RETURN_ERRNO | number);
    }
}
