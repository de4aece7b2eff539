package io.jorch.cli.daemon;

import io.jorch.api.message.WorkerStream;
import io.jorch.net.NodeNames;
import io.jorch.net.NodeNetworkSettings;
import io.jorch.runtime.container.TaskDirectories;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.worker.adapt.DaemonSettings;
import io.jorch.worker.adapt.NodeImages;
import io.jorch.worker.adapt.WorkerDaemon;
import io.jorch.worker.compose.NodeRules;
import java.util.TreeSet;
import java.util.function.Supplier;

/// This node as a worker.
final class WorkerRole implements AutoCloseable {
    /// Every name on the host carries this much of the node's id: 36⁶ ids, and interface names hold no more.
    private static final int SHORT_ID = 6;

    private final WorkerDaemon worker;

    private WorkerRole(WorkerDaemon worker) {
        this.worker = worker;
    }

    /// @param connect opens a stream to a manager
    static WorkerRole start(Layout layout, Machine machine, StoredMembership member, LayerMode layerMode, NodeImages images,
            Supplier<WorkerStream> connect) throws InterruptedException {
        String shortId = member.nodeId().substring(0, SHORT_ID);
        String address = member.raftAddress();
        TreeSet<Integer> controlPorts = new TreeSet<>();
        controlPorts.add(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        DaemonSettings settings = new DaemonSettings(member.nodeId(), shortId, address, layout.node(),
                layout.volumes(), new TaskDirectories(layout.tasks(), layout.shims()),
                NodeNetworkSettings.of(new NodeNames(shortId), layout.run(), controlPorts), layerMode,
                NodeRules.STRICT, machine::description, machine.bootId());
        return new WorkerRole(WorkerDaemon.start(settings, images, connect));
    }

    @Override
    public void close() {
        worker.close();
    }
}
