package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch service rollback`.
@Command(name = "rollback", description = "Go back to an older version of a service")
final class ServiceRollback implements Callable<Integer> {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Option(names = "--revision", paramLabel = "N", description = "Which one (default: the one before)")
    private long revision;

    @Parameters(paramLabel = "SERVICE", description = "Name or id")
    private String service = "";

    private final Connection connection;

    ServiceRollback(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        return roll(connection, ServiceCommand.find(connection.client(), service), revision, wait);
    }

    /// @param revision 0: the one before
    static int roll(Connection connection, JsonNode service, long revision, WaitOptions wait) {
        String id = service.path("ID").asText();
        String name = service.path("Spec").path("Name").asText();
        EngineClient.Call call = ServiceCommand.change("/jorch/services/" + id + "/rollback").with("version",
                service.path("Version").path("Index").asText());
        if (revision > 0) {
            call.with("revision", Long.toString(revision));
        }
        ServiceCommand.warn(connection, connection.client().post(call, null));
        connection.out().println(name);
        wait.await(connection, id, name, true);
        return 0;
    }
}
