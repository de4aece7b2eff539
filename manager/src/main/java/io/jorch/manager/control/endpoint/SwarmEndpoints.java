package io.jorch.manager.control.endpoint;

import io.jorch.api.docker.SwarmInitRequest;
import io.jorch.api.docker.SwarmView;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.spec.SwarmSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.control.http.Answer;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.http.Routes;
import io.jorch.manager.control.seam.Parts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/swarm`: the cluster itself.
public final class SwarmEndpoints implements EndpointGroup {
    private final Parts parts;
    private final Swarm swarm;

    public SwarmEndpoints(Parts parts, Swarm swarm) {
        this.parts = parts;
        this.swarm = swarm;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/swarm", this::inspect);
        routes.post("/swarm/init", this::init);
        routes.post("/swarm/join", _ -> {
            throw later("joining a second node");
        });
        routes.post("/swarm/leave", this::leave).query("force");
        routes.post("/swarm/update", this::update).query("version", "rotateWorkerToken", "rotateManagerToken",
                "rotateManagerUnlockKey");
        routes.get("/swarm/unlockkey", this::unlockKey);
        routes.post("/swarm/unlock", _ -> {
            throw later("autolock");
        });
    }

    private static JorchException later(String feature) {
        return new JorchException(ErrorCode.UNSUPPORTED, feature + " is not in this version of jorch: a cluster has "
                + "one node, whose keys are not locked");
    }

    private Answer inspect(Request request) throws InterruptedException {
        return Answer.json(SwarmView.of(swarm.read().cluster(), parts.node().tlsInfo(),
                parts.node().facts().dataPathPort()));
    }

    private Answer init(Request request) throws InterruptedException {
        SwarmInitRequest wish = request.json(SwarmInitRequest.class);
        if (wish.autoLockManagers()) {
            throw later("autolock");
        }
        if (wish.spec() != null) {
            check(wish.spec(), null);
        }
        return Answer.json(parts.lifecycle().init(wish));
    }

    private Answer leave(Request request) throws InterruptedException {
        parts.lifecycle().leave(request.query().flag("force"));
        return Answer.empty(200);
    }

    private Answer update(Request request) throws InterruptedException {
        SwarmSpec spec = request.json(SwarmSpec.class);
        long version = request.query().number("version");
        if (request.query().flag("rotateManagerUnlockKey")) {
            throw later("autolock");
        }
        check(spec, swarm.read().cluster().spec());
        swarm.submit(new Command.UpdateSwarm(version, spec, request.query().flag("rotateWorkerToken"),
                request.query().flag("rotateManagerToken")), request);
        return Answer.empty(200);
    }

    /// Docker answers an empty key when autolock is off, and autolock can't be on.
    private Answer unlockKey(Request request) throws InterruptedException {
        swarm.read();
        return Answer.json(Map.of("UnlockKey", ""));
    }

    /// Refuses, by name, what would otherwise be passed over.
    private static void check(SwarmSpec spec, @Nullable SwarmSpec stored) {
        SwarmSpec.EncryptionConfig encryption = spec.encryptionConfig();
        if (encryption != null && encryption.autoLockManagers()) {
            throw later("autolock");
        }
        SwarmSpec.Orchestration orchestration = spec.orchestration();
        if (orchestration != null && orchestration.taskHistoryRetentionLimit() != null
                && orchestration.taskHistoryRetentionLimit() < 0) {
            throw JorchException.invalid("Orchestration.TaskHistoryRetentionLimit", "is negative: use 0 or more");
        }
        if (spec.dispatcher() != null && spec.dispatcher().heartbeatPeriod() < 0) {
            throw JorchException.invalid("Dispatcher.HeartbeatPeriod", "is negative: give nanoseconds");
        }
        SwarmSpec.CaConfig authority = spec.caConfig();
        if (authority == null) {
            return;
        }
        List<Map<String, Object>> external = authority.externalCAs();
        if (external != null && !external.isEmpty()) {
            throw later("an external certificate authority");
        }
        SwarmSpec.CaConfig before = stored == null ? null : stored.caConfig();
        if (authority.forceRotate() > (before == null ? 0 : before.forceRotate())
                || authority.signingCaKey() != null && !authority.signingCaKey().isEmpty()) {
            throw later("rotating the certificate authority");
        }
    }
}
