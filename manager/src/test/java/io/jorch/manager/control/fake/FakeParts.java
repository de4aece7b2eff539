package io.jorch.manager.control.fake;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.RegistryCredential;
import io.jorch.manager.control.seam.Parts;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that the API stands on, in memory.
public final class FakeParts {
    public final FakeCluster cluster = new FakeCluster();
    public final FakeNode node = new FakeNode();
    public final FakeImages images = new FakeImages();
    public final FakeLogs logs = new FakeLogs();
    /// Service id → the credential that was kept for it.
    public final Map<String, RegistryCredential> kept = new ConcurrentHashMap<>();

    public Parts parts() {
        return new Parts(cluster, cluster, cluster, logs, images, FakeParts::login,
                (service, _, credential) -> kept.put(service, credential), node, node, InstantSource.system());
    }

    private static String login(RegistryCredential credential) {
        if (!credential.password().equals("open sesame")) {
            throw new JorchException(ErrorCode.UNAUTHENTICATED, "unauthorized: incorrect username or password");
        }
        return "";
    }
}
