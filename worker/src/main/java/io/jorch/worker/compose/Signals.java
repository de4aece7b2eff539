package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import java.util.List;
import java.util.Locale;

/// Linux's signals by name, the same on all architectures jorch runs on (include/uapi/asm-generic/signal.h).
public final class Signals {
    public static final int KILL = 9;
    public static final int TERMINATE = 15;

    private static final int FIRST_REALTIME = 34; // glibc and musl keep 32 and 33
    private static final int LAST = 64;
    private static final List<String> NAMES = List.of("", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE",
            "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
            "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

    private Signals() {
    }

    /// @param text `SIGTERM`, `TERM`, `15`, `SIGRTMIN+3`; empty: SIGTERM
    /// @throws JorchException INVALID, naming the field
    public static int parse(String field, String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.isEmpty()) {
            return TERMINATE;
        }
        if (name.matches("[0-9]{1,2}")) {
            return checked(field, text, Integer.parseInt(name));
        }
        name = name.startsWith("SIG") ? name.substring(3) : name;
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return checked(field, text, FIRST_REALTIME + (name.length() > 6 ? Integer.parseInt(name.substring(6)) : 0));
        }
        if (name.matches("RTMAX(-[0-9]{1,2})?")) {
            return checked(field, text, LAST - (name.length() > 6 ? Integer.parseInt(name.substring(6)) : 0));
        }
        return checked(field, text, name.isEmpty() ? -1 : NAMES.indexOf(name));
    }

    /// `SIGKILL`, for messages.
    public static String name(int signal) {
        return signal > 0 && signal < NAMES.size() ? "SIG" + NAMES.get(signal) : "signal " + signal;
    }

    private static int checked(String field, String text, int signal) {
        if (signal < 1 || signal > LAST) {
            throw JorchException.invalid(field, "'" + text + "' is no signal of Linux, e.g. SIGTERM or 15");
        }
        return signal;
    }
}
