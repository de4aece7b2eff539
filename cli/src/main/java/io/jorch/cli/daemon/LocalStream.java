package io.jorch.cli.daemon;

import io.jorch.api.message.WorkerStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// The stream between a worker and a manager that live in one process: the same frames as between machines, in two
/// queues. Each end delivers on a virtual thread of its own, in order.
final class LocalStream implements WorkerStream {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
    private final CompletableFuture<LocalStream> other = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    private LocalStream() {
    }

    /// The two ends of one stream.
    record Pair(WorkerStream worker, WorkerStream manager) {
    }

    static Pair pair() {
        LocalStream worker = new LocalStream();
        LocalStream manager = new LocalStream();
        worker.other.complete(manager);
        manager.other.complete(worker);
        return new Pair(worker, manager);
    }

    @Override
    public void send(byte[] frame) {
        LocalStream peer = other.join();
        if (!ended.get() && !peer.ended.get()) {
            peer.incoming.add(frame);
        }
    }

    @Override
    public void listen(Listener listener) {
        Thread.ofVirtual().name("jorch-stream").start(() -> deliver(listener));
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            incoming.add(END);
        }
        LocalStream peer = other.join();
        if (peer.ended.compareAndSet(false, true)) {
            peer.incoming.add(END);
        }
    }

    private void deliver(Listener listener) {
        try {
            for (byte[] frame = incoming.take(); frame != END; frame = incoming.take()) {
                listener.onFrame(frame);
            }
            listener.onClosed("closed");
        } catch (InterruptedException interrupted) {
            listener.onClosed("interrupted");
        }
    }
}
