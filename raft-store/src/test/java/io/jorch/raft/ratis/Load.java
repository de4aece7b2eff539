package io.jorch.raft.ratis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/// Writers and a reader that keep at it, whatever happens to the members, and remember what they were told.
final class Load {

    private final Map<String, MemberHandle> members;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong highest = new AtomicLong(-1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private final AtomicReference<String> hint = new AtomicReference<>("n1");

    Load(Map<String, MemberHandle> members) {
        this.members = members;
    }

    void start(int writers) {
        for (int i = 0; i < writers; i++) {
            String name = "w" + i;
            threads.add(Thread.ofVirtual().start(() -> write(name)));
        }
        for (String id : members.keySet()) {
            threads.add(Thread.ofVirtual().start(() -> read(id)));
        }
    }

    private void write(String name) {
        for (int i = 0; !stopped; i++) {
            String entry = name + "-" + i;
            String target = hint.get();
            String[] answer = ask(target, "propose " + entry).split(" ");
            switch (answer[0]) {
                case "applied" -> {
                    long index = Long.parseLong(answer[1]);
                    acknowledged.put(entry, index);
                    highest.accumulateAndGet(index, Math::max);
                }
                case "not-leader" -> {
                    refused.add(entry);
                    tryElsewhere(target, answer[1]);
                }
                default -> {
                    unknown.incrementAndGet();
                    tryElsewhere(target, "null");
                }
            }
        }
    }

    private void tryElsewhere(String target, String suggested) {
        List<String> ids = members.keySet().stream().sorted().toList();
        // Once for all writers that were sent to the same wrong one.
        hint.compareAndSet(target, suggested.equals("null") || suggested.equals(target)
                ? ids.get((ids.indexOf(target) + 1) % ids.size())
                : suggested);
        pause(10);
    }

    private void read(String target) {
        while (!stopped) {
            try {
                if (!askRead(target).get(10, TimeUnit.SECONDS)) {
                    pause(10);
                }
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                pause(10);
            }
        }
    }

    /// An answer must not be older than what was acknowledged before the question. Completes with whether there was one.
    CompletableFuture<Boolean> askRead(String target) {
        long floor = highest.get();
        return members.get(target).ask("read").thenApply(text -> {
            String[] answer = text.split(" ");
            boolean answered = answer[0].equals("index");
            if (answered) {
                reads.incrementAndGet();
                if (Long.parseLong(answer[1]) < floor) {
                    violations.add("a read on " + target + " answered " + answer[1] + " after " + floor
                            + " was acknowledged");
                }
            }
            return answered;
        });
    }

    private String ask(String target, String command) {
        try {
            return members.get(target).ask(command).get(1_500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException | TimeoutException e) {
            return "timeout";
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the load run on for a while, then until a write begun after that was acknowledged.
    void awaitProgress(Duration atLeast) {
        pause(atLeast.toMillis());
        long before = highest.get();
        Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(5)).until(() -> highest.get() > before);
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(20));
        }
    }

    /// Entry and index.
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    Set<String> refused() {
        return refused;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long unknown() {
        return unknown.get();
    }

    long reads() {
        return reads.get();
    }
}
