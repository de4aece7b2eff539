package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.task.TaskListOptions;
import io.jorch.cli.task.TaskTable;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch service logs`, of a service or of one task: `web.1.TASKID@NODE    | text`.
@Command(name = "logs", description = "Show what the tasks of a service wrote")
final class ServiceLogs implements Callable<Integer> {
    private static final int SHORT_ID = 12;

    @Option(names = "--details", description = "Show what log options added to the lines")
    private boolean details;

    @Option(names = {"-f", "--follow"}, description = "Go on with what is written from now on")
    private boolean follow;

    @Option(names = "--no-resolve", description = "Show ids instead of names")
    private boolean ids;

    @Option(names = "--no-task-ids", description = "Leave out the ids of tasks")
    private boolean noTaskIds;

    @Option(names = "--no-trunc", description = "Don't shorten ids")
    private boolean whole;

    @Option(names = "--raw", description = "Only what was written")
    private boolean raw;

    @Option(names = "--since", paramLabel = "TIME", description = "A time, or e.g. 42m")
    private String since = "";

    @Option(names = {"-n", "--tail"}, paramLabel = "N", description = "Lines from the end (default all)")
    private String tail = "all";

    @Option(names = {"-t", "--timestamps"}, description = "Show when each line was written")
    private boolean timestamps;

    @Parameters(paramLabel = "SERVICE|TASK", description = "Name or id")
    private String reference = "";

    private final Connection connection;
    private final Map<String, String> names = new HashMap<>();
    private Map<String, String> nodes = Map.of();

    ServiceLogs(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient client = connection.client();
        String path;
        boolean terminal;
        try {
            JsonNode service = ServiceCommand.find(client, reference);
            path = "/services/" + service.path("ID").asText() + "/logs";
            terminal = tty(service.path("Spec").path("TaskTemplate"));
        } catch (JorchException noService) {
            if (noService.code() != ErrorCode.NOT_FOUND) {
                throw noService;
            }
            JsonNode task = task(client, noService);
            path = "/tasks/" + task.path("ID").asText() + "/logs";
            terminal = tty(task.path("Spec"));
        }
        if (!ids && !raw) {
            nodes = TaskListOptions.hostnames(client);
        }
        EngineClient.Call call = EngineClient.call(path).with("stdout", "true").with("stderr", "true")
                .with("details", "true").with("tail", tail).with("follow", Boolean.toString(follow))
                .with("timestamps", Boolean.toString(timestamps));
        if (!since.isEmpty()) {
            call.with("since", since);
        }
        boolean unframed = terminal;
        client.read(call, body -> {
            if (unframed) {
                LogFrames.readRaw(body, this::print);
            } else {
                LogFrames.read(body, this::print);
            }
        });
        return 0;
    }

    private static boolean tty(JsonNode template) {
        return template.path("ContainerSpec").path("TTY").asBoolean();
    }

    private JsonNode task(EngineClient client, JorchException noService) {
        try {
            return client.get(EngineClient.call("/tasks/" + EngineClient.encode(reference)));
        } catch (JorchException noTask) {
            throw noTask.code() == ErrorCode.NOT_FOUND
                    ? new JorchException(ErrorCode.NOT_FOUND, "no such service or task: " + reference, noService)
                    : noTask;
        }
    }

    private void print(boolean stderr, String sent) {
        LogLine line = LogLine.parse(sent, timestamps);
        StringBuilder text = new StringBuilder();
        if (timestamps) {
            text.append(line.time()).append(' ');
        }
        if (!raw) {
            text.append(prefix(line)).append("    | ");
        }
        if (details && !line.userDetails().isEmpty()) {
            text.append(line.userDetails()).append(' ');
        }
        PrintStream stream = stderr ? connection.err() : connection.out();
        stream.println(text.append(line.text()));
    }

    private String prefix(LogLine line) {
        String taskId = line.details().getOrDefault(LogLine.TASK, "");
        String nodeId = line.details().getOrDefault(LogLine.NODE, "");
        String name = ids ? taskId : names.computeIfAbsent(taskId, this::slotName);
        String suffix = ids || noTaskIds ? "" : "." + shortened(taskId);
        return name + suffix + "@" + (ids ? shortened(nodeId) : nodes.getOrDefault(nodeId, shortened(nodeId)));
    }

    private String slotName(String taskId) {
        try {
            return TaskTable.slotName(connection.client().get(EngineClient.call("/tasks/" + taskId)));
        } catch (JorchException goneMeanwhile) {
            return reference;
        }
    }

    private String shortened(String id) {
        return whole || id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }
}
