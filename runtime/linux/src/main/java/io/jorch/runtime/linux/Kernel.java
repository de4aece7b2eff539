package io.jorch.runtime.linux;

import java.lang.ref.Reference;

/// Makes system calls. Blocking calls pin the carrier of a virtual thread: make them from a platform thread, and
/// anything that enters a namespace from a [NamespaceThread].
public final class Kernel {
    private Kernel() {
    }

    /// Makes the call and answers its result, or throws with the errno. A call that was interrupted is made again.
    ///
    /// @param step what is being done, for the message of the failure
    /// @param arguments up to six of: Integer, Long, [Fd], [NativeMemory] (its address), [String] (its UTF-8 bytes)
    public static long call(Syscall syscall, String step, Object... arguments) {
        long result = tryCall(syscall, arguments);
        if (result < 0) {
            throw new SyscallException(syscall.callName(), (int) -result, step);
        }
        return result;
    }

    /// As [#call], but a failure is answered as the negative errno.
    public static long tryCall(Syscall syscall, Object... arguments) {
        Object[] kept = new Object[arguments.length];
        long[] words = new long[6];
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case Integer value -> words[i] = value;
                case Long value -> words[i] = value;
                case Fd fd -> words[i] = fd.number();
                case NativeMemory memory -> words[i] = memory.address();
                case String text -> {
                    NativeMemory memory = NativeMemory.string(text);
                    kept[i] = memory;
                    words[i] = memory.address();
                }
                default -> throw new IllegalArgumentException(
                        syscall + " argument " + i + " is a " + arguments[i].getClass());
            }
        }
        try {
            return retry(syscall, words);
        } finally {
            Reference.reachabilityFence(kept);
            Reference.reachabilityFence(arguments);
        }
    }

    private static long retry(Syscall syscall, long[] words) {
        while (true) {
            long result = LibC.instance().syscall(syscall.number(), words[0], words[1], words[2], words[3], words[4],
                    words[5]);
            if (result != -1) {
                return result;
            }
            int errno = LibC.lastError();
            // close(2) frees the number even when interrupted, ppoll's remaining time is the caller's to work out.
            if (errno != Errno.EINTR.number() || syscall == Syscall.CLOSE || syscall == Syscall.PPOLL) {
                return -errno;
            }
        }
    }
}
