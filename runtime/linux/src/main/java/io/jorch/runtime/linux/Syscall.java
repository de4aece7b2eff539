package io.jorch.runtime.linux;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The numbers of the system calls that jorch makes, in one table for both architectures:
/// `NAME(x86_64, aarch64)`, from `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
public enum Syscall {
    READ(0, 63), WRITE(1, 64), OPENAT(257, 56), OPENAT2(437, 437), CLOSE(3, 57), MOUNT(165, 40), UMOUNT2(166, 39),
    SETNS(308, 268), UNSHARE(272, 97), CLONE3(435, 435), EXECVE(59, 221), EXECVEAT(322, 281), EXIT_GROUP(231, 94),
    PIVOT_ROOT(155, 41), OPEN_TREE(428, 428), MOVE_MOUNT(429, 429), FSOPEN(430, 430), FSCONFIG(431, 431),
    FSMOUNT(432, 432), FSPICK(433, 433), MOUNT_SETATTR(442, 442), PIDFD_OPEN(434, 434), PIDFD_SEND_SIGNAL(424, 424),
    PIDFD_GETFD(438, 438), MKNODAT(259, 33), MKDIRAT(258, 34), FCHOWNAT(260, 54), FCHMODAT(268, 53), FCHMOD(91, 52),
    FCHOWN(93, 55), SYMLINKAT(266, 36), UNLINKAT(263, 35), RENAMEAT2(316, 276), LINKAT(265, 37), SETXATTR(188, 5),
    LSETXATTR(189, 6), FSETXATTR(190, 7), GETXATTR(191, 8), LGETXATTR(192, 9), FGETXATTR(193, 10),
    LLISTXATTR(195, 12), REMOVEXATTR(197, 14), SOCKET(41, 198), BIND(49, 200), CONNECT(42, 203), LISTEN(50, 201),
    ACCEPT4(288, 242), SENDTO(44, 206), RECVFROM(45, 207), SENDMSG(46, 211), RECVMSG(47, 212), SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209), GETSOCKNAME(51, 204), SHUTDOWN(48, 210), SOCKETPAIR(53, 199), IOCTL(16, 29), FCNTL(72, 25),
    MEMFD_CREATE(319, 279), FTRUNCATE(77, 46), FALLOCATE(285, 47), PIPE2(293, 59), DUP(32, 23), DUP3(292, 24),
    CLOSE_RANGE(436, 436), PPOLL(271, 73), EPOLL_CREATE1(291, 20), EPOLL_CTL(233, 21), EPOLL_PWAIT(281, 22),
    EVENTFD2(290, 19), TIMERFD_CREATE(283, 85), TIMERFD_SETTIME(286, 86), SIGNALFD4(289, 74), WAIT4(61, 260),
    WAITID(247, 95), KILL(62, 129), GETPID(39, 172), GETPPID(110, 173), GETTID(186, 178), PRCTL(157, 167),
    CAPSET(126, 91), CAPGET(125, 90), SECCOMP(317, 277), SETRESUID(117, 147), SETRESGID(119, 149),
    SETGROUPS(116, 159), SETSID(112, 157), SETPGID(109, 154), PRLIMIT64(302, 261), SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162), CHDIR(80, 49), FCHDIR(81, 50), CHROOT(161, 51), UMASK(95, 166), RT_SIGACTION(13, 134), RT_SIGPROCMASK(14, 135),
    BPF(321, 280), LANDLOCK_CREATE_RULESET(444, 444), LANDLOCK_ADD_RULE(445, 445), LANDLOCK_RESTRICT_SELF(446, 446),
    STATFS(137, 43), FSTATFS(138, 44), STATX(332, 291), FSYNC(74, 82), FDATASYNC(75, 83), FLOCK(73, 32),
    UTIMENSAT(280, 88), LSEEK(8, 62), PREAD64(17, 67), PWRITE64(18, 68), GETDENTS64(217, 61), READLINKAT(267, 78),
    FACCESSAT2(439, 439), GETRANDOM(318, 278), CLOCK_GETTIME(228, 113), MMAP(9, 222), MUNMAP(11, 215),
    MADVISE(28, 233), KEYCTL(250, 219), SCHED_SETAFFINITY(203, 122), SETPRIORITY(141, 140), IOPRIO_SET(251, 30),
    SYNCFS(306, 267), COPY_FILE_RANGE(326, 285), GETUID(102, 174), GETEUID(107, 175), SENDFILE(40, 71),
    SPLICE(275, 76);

    private final int x86Number;
    private final int armNumber;

    Syscall(int x86Number, int armNumber) {
        this.x86Number = x86Number;
        this.armNumber = armNumber;
    }

    /// The number on the machine that this JVM runs on.
    public int number() {
        return number(Architecture.current());
    }

    public int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x86Number;
            case AARCH64 -> armNumber;
        };
    }

    /// The name as the kernel spells it, e.g. `pivot_root`.
    public String callName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Syscall> of(Architecture architecture, long number) {
        return Arrays.stream(values()).filter(call -> call.number(architecture) == number).findFirst();
    }
}
