package io.jorch.cli.service;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Shows a [Progress]: on a terminal as lines that are painted over, elsewhere as a line whenever something changed.
final class ProgressView {
    private static final int MOST_SLOTS = 20;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean quiet;
    private List<String> shown = List.of();
    private String noted = "";

    /// @param quiet nothing is printed at all
    ProgressView(PrintStream out, boolean terminal, boolean quiet) {
        this.out = out;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    void show(Progress progress) {
        List<String> lines = lines(progress, terminal);
        if (quiet || lines.equals(shown)) {
            return;
        }
        if (terminal) {
            StringBuilder painted = new StringBuilder();
            if (!shown.isEmpty()) {
                painted.append("\033[").append(shown.size()).append("A\r\033[J");
            }
            lines.forEach(line -> painted.append(line).append('\n'));
            out.print(painted);
        } else {
            lines.forEach(out::println);
        }
        out.flush();
        shown = lines;
    }

    /// A line that stays.
    void note(String text) {
        if (!quiet && !Objects.equals(text, noted)) {
            out.println(text);
            out.flush();
            noted = text;
            shown = terminal ? List.of() : shown;
        }
    }

    static List<String> lines(Progress progress, boolean slots) {
        List<String> lines = new ArrayList<>();
        long wanted = progress.wanted() < 0 ? 0 : progress.wanted();
        lines.add((progress.rollout().startsWith("rollback") ? "rollback: " : "overall progress: ") + progress.done()
                + " out of " + wanted + " tasks");
        if (slots && progress.slots().size() <= MOST_SLOTS) {
            progress.slots().forEach(slot -> lines.add(slot.name() + ": " + slot.state()
                    + (slot.error().isEmpty() ? "" : " (" + shortened(slot.error()) + ")")));
        }
        return lines;
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() > 60 ? line.substring(0, 59) + "…" : line;
    }
}
