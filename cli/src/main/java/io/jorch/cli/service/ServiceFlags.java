package io.jorch.cli.service;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Every flag of `service create` and `service update`, and how they are put into effect.
final class ServiceFlags {
    private ServiceFlags() {
    }

    static List<Flag> create() {
        List<Flag> flags = new ArrayList<>(DeployFlags.create());
        flags.addAll(DeployFlags.common());
        flags.addAll(ContainerFlags.create());
        flags.addAll(ContainerFlags.common());
        flags.addAll(NetworkFlags.create());
        flags.addAll(NetworkFlags.common());
        return flags;
    }

    /// Removals come before additions, so that `--env-rm A --env-add A=1` replaces.
    static List<Flag> update() {
        List<Flag> flags = new ArrayList<>(DeployFlags.update());
        flags.addAll(DeployFlags.common());
        flags.addAll(ContainerFlags.update());
        flags.addAll(ContainerFlags.common());
        flags.addAll(NetworkFlags.update());
        flags.addAll(NetworkFlags.common());
        flags.sort(java.util.Comparator.comparing(flag -> !flag.name().endsWith("-rm")));
        return flags;
    }

    static void declare(CommandSpec command, List<Flag> flags) {
        flags.stream().sorted(java.util.Comparator.comparing(Flag::name))
                .forEach(flag -> command.addOption(flag.option()));
    }

    /// @return whether any flag was given
    static boolean apply(ParseResult parsed, List<Flag> flags, SpecEditor spec) {
        boolean any = false;
        for (Flag flag : flags) {
            OptionSpec option = parsed.matchedOption(flag.name());
            if (option == null) {
                continue;
            }
            any = true;
            for (String value : flag.many() ? option.<List<String>>getValue() : List.of(String.valueOf(option.<Object>getValue()))) {
                flag.effect().apply(spec, value);
            }
        }
        return any;
    }
}
