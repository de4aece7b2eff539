package io.jorch.cli;

import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The `jorch` command. Exit codes: 0 done, 1 failed with one line on stderr, 2 the command line is wrong.
///
/// Only the group that the command line names is made, which keeps the start short: see [Groups].
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {
    }

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--train")) {
            Training.run();
            return;
        }
        int exit = run(args, System.out, System.err, System.getenv());
        System.out.flush();
        System.exit(exit);
    }

    /// @return the exit code
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> environment) {
        return parser(List.of(args), new Connection(out, err, environment)).execute(args);
    }

    /// A parser that knows what this command line needs.
    static CommandLine parser(List<String> args, Connection connection) {
        CommandLine root = new CommandLine(new Root(connection));
        root.getCommandSpec().addMixin("connection", picocli.CommandLine.Model.CommandSpec.forAnnotatedObject(connection));
        Groups.add(root, firstWord(args), connection);
        settle(root);
        root.setOut(new java.io.PrintWriter(connection.out(), true));
        root.setErr(new java.io.PrintWriter(connection.err(), true));
        root.setExecutionExceptionHandler((failure, _, _) -> failed(failure, connection));
        root.setParameterExceptionHandler((wrong, _) -> wrongUsage(wrong, connection.err()));
        return root;
    }

    /// The first word that is neither an option nor the root's option's value.
    static String firstWord(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("-H") || word.equals("--host")) {
                i++;
            } else if (!word.startsWith("-")) {
                return word;
            }
        }
        return "";
    }

    /// The same rules for every command: `--help`, and an option's value may begin with a dash, as in Docker.
    private static void settle(CommandLine command) {
        command.getCommandSpec().parser().allowOptionsAsOptionParameters(true).overwrittenOptionsAllowed(true)
                .expandAtFiles(false).abbreviatedOptionsAllowed(false);
        command.getCommandSpec().usageMessage().width(100).sortOptions(true);
        command.getCommandSpec().addOption(OptionSpec.builder("--help").type(boolean.class).arity("0").usageHelp(true)
                .description("Show this help and exit").build());
        command.getSubcommands().values().stream().distinct().forEach(Main::settle);
    }

    private static int failed(Exception failure, Connection connection) {
        if (failure instanceof JorchException known) {
            connection.err().println("jorch: " + JorchException.describe(known));
        } else {
            connection.err().println("jorch: internal error: " + failure.getClass().getSimpleName() + ": "
                    + JorchException.describe(failure) + " (JORCH_DEBUG=1 shows where)");
        }
        if (connection.environment().getOrDefault("JORCH_DEBUG", "").equals("1")) {
            failure.printStackTrace(connection.err());
        }
        return FAILED;
    }

    private static int wrongUsage(ParameterException wrong, PrintStream err) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        String message = JorchException.describe(wrong);
        err.println("jorch: " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        err.println("See '" + command + " --help'.");
        return WRONG_USAGE;
    }
}
