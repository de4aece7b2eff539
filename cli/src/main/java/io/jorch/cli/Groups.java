package io.jorch.cli;

import io.jorch.cli.command.Connection;
import io.jorch.cli.image.ImageCommand;
import io.jorch.cli.network.NetworkCommand;
import io.jorch.cli.node.NodeCommand;
import io.jorch.cli.service.ServiceCommand;
import io.jorch.cli.stack.StackCommand;
import io.jorch.cli.system.CompletionCommand;
import io.jorch.cli.system.EventsCommand;
import io.jorch.cli.system.InfoCommand;
import io.jorch.cli.system.InitCommand;
import io.jorch.cli.system.LeaveCommand;
import io.jorch.cli.system.VersionCommand;
import io.jorch.cli.task.TaskCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// The first words that `jorch` knows, and what makes the commands behind each.
final class Groups {
    private static final Map<String, Function<Connection, Object>> MAKERS = new LinkedHashMap<>();

    static {
        MAKERS.put("service", ServiceCommand::group);
        MAKERS.put("stack", StackCommand::group);
        MAKERS.put("node", NodeCommand::group);
        MAKERS.put("network", NetworkCommand::group);
        MAKERS.put("image", ImageCommand::group);
        MAKERS.put("task", TaskCommand::group);
        MAKERS.put("init", InitCommand::new);
        MAKERS.put("leave", LeaveCommand::new);
        MAKERS.put("info", InfoCommand::new);
        MAKERS.put("version", connection -> new VersionCommand(connection, Root.clientVersion()));
        MAKERS.put("events", EventsCommand::new);
        MAKERS.put("completion", CompletionCommand::new);
    }

    private Groups() {
    }

    /// Adds the commands of one word; those of all words when it is unknown, which help and suggestions need, or
    /// `completion`.
    static void add(CommandLine root, String word, Connection connection) {
        Function<Connection, Object> maker = word.equals("completion") ? null : MAKERS.get(word);
        if (maker != null) {
            root.addSubcommand(maker.apply(connection));
            return;
        }
        MAKERS.values().forEach(each -> root.addSubcommand(each.apply(connection)));
    }
}
