package io.jorch.runtime.check;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// All findings, in the order in which they are printed.
public record HostReport(List<Finding> findings) {
    public HostReport {
        findings = List.copyOf(findings);
    }

    public List<Finding> in(Finding.State state) {
        return findings.stream().filter(finding -> finding.state() == state).toList();
    }

    public Optional<Finding> find(String name) {
        return findings.stream().filter(finding -> finding.name().equals(name)).findFirst();
    }

    /// Whether a daemon may start.
    public boolean usable() {
        return in(Finding.State.MISSING).isEmpty();
    }

    /// Throws, naming everything that is missing and how to get it, unless a daemon may start.
    public void requireUsable() {
        if (!usable()) {
            throw new JorchException(ErrorCode.UNSUPPORTED,
                    "this machine can't run jorch: " + in(Finding.State.MISSING).stream()
                            .map(finding -> finding.name() + ": " + finding.detail() + " (" + finding.remedy() + ")")
                            .collect(Collectors.joining("; ")));
        }
    }

    /// One line per finding, those amiss with a second one: what `jorch check` prints.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(String.format("%-8s  %-16s  %s%n", finding.state().name().toLowerCase(java.util.Locale.ROOT),
                    finding.name(), finding.detail()));
            if (finding.state() != Finding.State.OK) {
                text.append(String.format("%-8s  %-16s  %s: %s%n", "", "", finding.cost(), finding.remedy()));
            }
        }
        return text.toString();
    }
}
