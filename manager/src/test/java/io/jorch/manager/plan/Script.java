package io.jorch.manager.plan;

import io.jorch.api.json.Json;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Node;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.NetworkSpec;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.manager.project.NetworkMaps;
import io.jorch.raft.state.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Runs one script's commands on a [World] and says what each changed. See `src/test/resources/plan/README.md`.
final class Script {
    private final World world = new World();
    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, StoredObject> before = new HashMap<>();
    private final Map<String, String> specs = new HashMap<>();
    private boolean quiet;
    private String remembered = "";

    Script() {
        world.onChange = this::describe;
        world.afterApply = Invariants::check;
    }

    /// @return what the command changed, one line each
    String run(String line) {
        out.setLength(0);
        // No two things happen at the very same time.
        world.nanos++;
        List<String> words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+")));
        String verb = words.removeFirst();
        quiet = words.remove("quietly");
        try {
            command(verb, words, line);
            if (!verb.equals("show")) {
                world.settlePlans();
            }
        } catch (io.jorch.api.error.JorchException refused) {
            out.append("refused: ").append(refused.code()).append(' ').append(hide(refused.getMessage())).append('\n');
        }
        world.events.forEach(event -> out.append("event: ").append(hide(event)).append('\n'));
        world.events.clear();
        world.asked.forEach((node, images) -> out.append("fetch: ").append(node).append(' ')
                .append(images.stream().map(ImagePin::pinned).toList()).append('\n'));
        world.asked.clear();
        return out.isEmpty() ? "ok\n" : out.toString();
    }

    private void command(String verb, List<String> words, String line) {
        switch (verb) {
            case "nodes" -> words.forEach(this::node);
            case "node" -> node(words.getFirst(), options(words));
            case "network" -> world.submit(new Command.CreateNetwork(new NetworkSpec(words.getFirst(), Map.of(), "",
                    words.contains("internal"), false, false, Map.of(), options(words).getOrDefault("subnet", ""), "",
                    "")));
            case "remove-network" -> world.submit(new Command.RemoveNetwork(
                    world.state.networkNamed(words.getFirst()).id()));
            case "service" -> create(words.getFirst(), options(words));
            case "update" -> update(words.getFirst(), options(words));
            case "follow" -> world.submit(new Command.FollowDigest(service(words.getFirst()).id(),
                    pin(service(words.getFirst()).spec(), words.get(1))));
            case "remove" -> world.submit(new Command.RemoveService(service(words.getFirst()).id()));
            case "rollback" -> world.submit(new Command.RollbackService(service(words.getFirst()).id(),
                    service(words.getFirst()).meta().version(),
                    words.size() > 1 ? Long.valueOf(words.get(1)) : null));
            case "pause" -> world.submit(new Command.PauseRollout(service(words.getFirst()).id(), true));
            case "resume" -> world.submit(new Command.PauseRollout(service(words.getFirst()).id(), false));
            case "availability" -> availability(words.getFirst(), words.get(1));
            case "label" -> label(words.getFirst(), options(words));
            case "remove-node" -> world.submit(new Command.RemoveNode(words.getFirst(), words.contains("force")));
            case "task" -> report(words, line);
            case "cleared" -> words.forEach(name -> world.removed(task(name).nodeId(), task(name).id()));
            case "fetched" -> world.fetched(words.getFirst(), words.get(1), error(line));
            case "hold" -> world.holding.addAll(words);
            case "release" -> world.holding.removeAll(words);
            case "silent" -> world.silent.addAll(words);
            case "gone" -> words.forEach(world::gone);
            case "clean" -> words.forEach(id -> world.observed = world.observed.hearing(
                    new SessionEvent.Gone(id, true, "closed"), world.now()));
            case "register" -> words.forEach(world::register);
            case "new-leader" -> world.newLeader();
            case "tick" -> world.pass(duration(words.getFirst()));
            case "run" -> converge(words);
            case "show" -> show(words);
            default -> throw new IllegalArgumentException("unknown command " + verb);
        }
    }

    // ---- commands

    private void node(String id) {
        node(id, Map.of());
    }

    private void node(String id, Map<String, String> options) {
        Map<String, String> labels = new TreeMap<>();
        options.forEach((key, value) -> {
            if (!key.equals("cpus") && !key.equals("arch") && !key.equals("gpus")) {
                labels.put(key, value);
            }
        });
        world.addNode(id, Simulations.description(Long.parseLong(options.getOrDefault("cpus", "4")),
                options.getOrDefault("arch", "x86_64"), Long.parseLong(options.getOrDefault("gpus", "0"))), labels);
    }

    private void create(String name, Map<String, String> options) {
        ServiceSpec spec = spec(name, options);
        world.submit(new Command.CreateService(spec, pin(spec, options.getOrDefault("digest", "sha256:"
                + spec.taskTemplate().containerSpec().image()))));
        specs.put(name, remembered);
    }

    private void update(String name, Map<String, String> options) {
        Service service = service(name);
        ServiceSpec spec = spec(name, options);
        boolean resolve = options.containsKey("image") || options.containsKey("digest");
        long version = Long.parseLong(options.getOrDefault("version", Long.toString(service.meta().version())));
        world.submit(new Command.UpdateService(service.id(), version, spec, resolve
                ? pin(spec, options.getOrDefault("digest", "sha256:" + spec.taskTemplate().containerSpec().image()))
                : null));
        specs.put(name, remembered);
    }

    private ImagePin pin(ServiceSpec spec, String digest) {
        return new ImagePin(spec.taskTemplate().containerSpec().image(), digest.equals("none") ? "" : digest,
                List.of());
    }

    private ServiceSpec spec(String name, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>();
        String had = specs.get(name);
        if (had != null) {
            Arrays.stream(had.split("\n")).filter(text -> !text.isEmpty()).forEach(text -> {
                int at = text.indexOf('=');
                all.put(text.substring(0, at), text.substring(at + 1));
            });
        }
        all.putAll(options);
        String json = Specs.json(name, all);
        ServiceSpec spec = Json.read(json.getBytes(StandardCharsets.UTF_8), ServiceSpec.class);
        remembered = all.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return spec;
    }

    private void availability(String id, String value) {
        Node node = world.state.nodes().get(id);
        world.submit(new Command.UpdateNode(id, node.meta().version(), node.spec().withAvailability(value)));
    }

    private void label(String id, Map<String, String> labels) {
        Node node = world.state.nodes().get(id);
        world.submit(new Command.UpdateNode(id, node.meta().version(), new io.jorch.api.spec.NodeSpec(
                node.spec().name(), labels, node.spec().role(), node.spec().availability())));
    }

    private void report(List<String> words, String line) {
        TaskState state = TaskState.valueOf(words.getLast().startsWith("\"")
                ? words.get(1).toUpperCase(Locale.ROOT)
                : words.get(1).toUpperCase(Locale.ROOT));
        for (String name : words.getFirst().split(",")) {
            world.report(task(name), state, state == TaskState.RUNNING && !words.contains("unready"), error(line),
                    state == TaskState.FAILED ? Integer.valueOf(1) : null);
        }
    }

    private static String error(String line) {
        int from = line.indexOf('"');
        return from < 0 ? "" : line.substring(from + 1, line.lastIndexOf('"'));
    }

    /// All workers do what they are told, at once, until nothing is left to do. With names: only these services' tasks.
    private void converge(List<String> services) {
        for (int round = 0; round < 500; round++) {
            world.settlePlans();
            boolean changed = fetchAll();
            for (Task task : List.copyOf(world.state.tasks().all())) {
                Service service = world.state.services().get(task.serviceId());
                if (services.isEmpty() || service != null && services.contains(service.name())) {
                    changed |= work(task);
                }
            }
            if (!changed) {
                return;
            }
        }
        throw new AssertionError("does not converge");
    }

    private boolean fetchAll() {
        boolean any = false;
        for (Map.Entry<String, NodeView> node : world.observed.nodes().entrySet()) {
            for (Map.Entry<String, ImageState> image : node.getValue().images().entrySet()) {
                if (image.getValue().kind() == ImageState.Kind.ASKED) {
                    world.fetched(node.getKey(), image.getKey(), "");
                    any = true;
                }
            }
        }
        world.asked.clear();
        return any;
    }

    private boolean work(Task task) {
        NodeView view = world.observed.node(task.nodeId());
        if (view == null || !view.live() || world.silent.contains(task.nodeId())
                || task.status().state() == TaskState.PENDING) {
            return false;
        }
        boolean stop = task.desired().compareTo(TaskState.SHUTDOWN) >= 0;
        if (Tasks.ended(task)) {
            boolean over = task.desired() == TaskState.REMOVE
                    && view.holding().contains(task.id());
            if (over) {
                world.removed(task.nodeId(), task.id());
            }
            return over;
        }
        if (stop) {
            world.report(task, TaskState.SHUTDOWN, false, "", 0);
            return true;
        }
        if (task.desired() != TaskState.READY && task.status().state() != TaskState.RUNNING) {
            world.report(task, TaskState.RUNNING, true, "", null);
            return true;
        }
        return false;
    }

    // ---- what is seen

    private void show(List<String> words) {
        switch (words.getFirst()) {
            case "services" -> world.state.services().all().forEach(service -> out.append(service.name())
                    .append(" vips ").append(service.virtualAddresses()).append(" ports ")
                    .append(service.ports().stream().map(port -> port.publishedPort() + "/" + port.protocolOrDefault())
                            .toList())
                    .append(" ids ").append(service.ids()).append(" revisions ")
                    .append(service.revisions().stream().map(revision -> revision.number()
                            + (revision.badDigest() ? "!" : "")).toList())
                    .append(" target ").append(service.target()).append(" previous ").append(service.previous())
                    .append(service.removing() ? " removing" : "").append('\n'));
            case "tasks" -> {
                Map<String, List<String>> lines = new TreeMap<>();
                for (Task task : world.state.tasks().all()) {
                    lines.computeIfAbsent(name(task), _ -> new ArrayList<>()).add(text(task));
                }
                lines.forEach((name, all) -> out.append(name).append(' ').append(all.getFirst()).append('\n'));
            }
            case "addresses" -> world.state.tasks().all().stream().sorted((one, other) -> name(one)
                    .compareTo(name(other))).forEach(task -> out.append(name(task)).append(' ')
                            .append(task.legs().stream().map(leg -> networkName(leg.networkId()) + " " + leg.address())
                                    .toList())
                            .append('\n'));
            case "spread" -> {
                Map<String, Integer> spread = new TreeMap<>();
                world.state.tasks().all().stream().filter(Tasks::staying)
                        .forEach(task -> spread.merge(task.nodeId(), 1, Integer::sum));
                out.append(spread).append('\n');
            }
            case "rollout" -> {
                Rollout rollout = world.state.rollouts().get(service(words.get(1)).id());
                out.append(rollout == null ? "none" : text(rollout)).append('\n');
            }
            case "ports" -> NetworkMaps.of(world.state, words.get(1)).ports().forEach(port -> out
                    .append(port.protocol()).append('/').append(port.published()).append(" to ").append(port.target())
                    .append(port.onlyLocal() ? " local " : " ").append(port.addresses()).append('\n'));
            case "names" -> NetworkMaps.of(world.state, words.get(1)).networks().forEach(network -> out
                    .append(network.name()).append(' ').append(network.services().stream()
                            .map(one -> one.names() + " " + one.vip().orElse("-") + " " + one.endpoints().stream()
                                    .map(end -> end.address() + (end.serving() ? "" : " not")).toList())
                            .toList())
                    .append('\n'));
            case "nodes" -> world.state.nodes().all().forEach(node -> out.append(node.id()).append(' ')
                    .append(node.status().state()).append(' ').append(node.status().message()).append('\n'));
            default -> throw new IllegalArgumentException("show " + words);
        }
    }

    private String networkName(String id) {
        return world.state.networks().get(id).spec().name();
    }

    private void describe(Change change) {
        StoredObject object = world.state.get(change.kind(), change.id());
        String key = change.kind() + "/" + change.id();
        StoredObject old = object == null ? before.remove(key) : before.put(key, object);
        if (object instanceof Task task && old == null) {
            String slot = slotName(task);
            names.put(task.id(), slot + "#" + counts.merge(slot, 1, Integer::sum));
        }
        if (quiet) {
            return;
        }
        String text = switch (object == null ? old : object) {
            case Task task -> object == null ? "- " + name(task) : (old == null ? "+ " : "~ ") + name(task) + " "
                    + text(task);
            case Node node -> old instanceof Node last && last.status().equals(node.status())
                    && last.spec().equals(node.spec()) ? "" : (object == null ? "- node " : "~ node ") + node.id() + " "
                            + node.status().state() + (node.status().message().isEmpty()
                                    ? ""
                                    : ": " + node.status().message());
            case Rollout rollout -> object == null ? "" : "~ rollout " + serviceName(rollout.id()) + " "
                    + text(rollout);
            case Service service -> object == null ? "- service " + service.name() : "";
            case null, default -> "";
        };
        if (!text.isEmpty()) {
            out.append(hide(text)).append('\n');
        }
    }

    private String text(Task task) {
        StringBuilder text = new StringBuilder();
        text.append(task.status().state().apiName());
        if (!task.nodeId().isEmpty()) {
            text.append(" on ").append(task.nodeId());
        }
        text.append(", to be ").append(task.desired().apiName());
        switch (task.endpoint().phase()) {
            case SERVING -> {
            }
            case DRAINING -> text.append(", draining");
            case RELEASED -> text.append(", released");
        }
        if (task.revision() != 1) {
            text.append(", r").append(task.revision());
        }
        if (task.status().state() == TaskState.RUNNING && !task.status().ready()) {
            text.append(", not ready");
        }
        if (!task.generic().isEmpty()) {
            text.append(", ").append(task.generic());
        }
        if (!task.status().error().isEmpty()) {
            text.append(" (").append(task.status().error()).append(')');
        }
        return text.toString();
    }

    private String text(Rollout rollout) {
        String slots = rollout.slots().entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().outcome().name().toLowerCase(Locale.ROOT) + "@"
                        + entry.getValue().batch())
                .collect(Collectors.joining(" "));
        return rollout.state().name().toLowerCase(Locale.ROOT) + " r" + rollout.from() + "→r" + rollout.to()
                + (slots.isEmpty() ? "" : " [" + slots + "]") + ": " + hide(rollout.message());
    }

    // ---- names

    private String slotName(Task task) {
        return serviceName(task.serviceId()) + "." + task.slotKey();
    }

    private String serviceName(String id) {
        Service service = world.state.services().get(id);
        return service == null ? "?" : service.name();
    }

    private String name(Task task) {
        return names.getOrDefault(task.id(), task.id());
    }

    /// Ids are different in every script that makes another object first, so they are shown as names.
    private String hide(String text) {
        String shown = text;
        for (Map.Entry<String, String> entry : names.entrySet()) {
            String slot = entry.getValue().substring(0, entry.getValue().indexOf('#'));
            shown = shown.replace(slot + "." + entry.getKey(), entry.getValue()).replace(entry.getKey(),
                    entry.getValue());
        }
        return shown.replaceAll("0{15,}[0-9a-z]+", "ID");
    }

    private Service service(String name) {
        Service service = world.state.serviceNamed(name);
        if (service == null) {
            throw new IllegalArgumentException("no service " + name);
        }
        return service;
    }

    /// `web.1` is the newest task of the slot, `web.1#2` its second.
    private Task task(String name) {
        return names.entrySet().stream()
                .filter(entry -> name.contains("#") ? entry.getValue().equals(name)
                        : entry.getValue().equals(name + "#" + counts.get(name)))
                .map(entry -> world.state.tasks().get(entry.getKey())).findFirst().orElseThrow(
                        () -> new IllegalArgumentException("no task " + name + " in " + names.values()));
    }

    private static Map<String, String> options(List<String> words) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : words) {
            int at = word.indexOf('=');
            if (at > 0) {
                options.put(word.substring(0, at), word.substring(at + 1));
            }
        }
        return options;
    }

    private static long duration(String text) {
        long number = Long.parseLong(text.replaceAll("[a-z]+$", ""));
        return switch (text.replaceAll("^[0-9]+", "")) {
            case "ms" -> number * 1_000_000;
            case "s" -> number * Now.SECOND;
            case "m" -> number * 60 * Now.SECOND;
            case "h" -> number * 3_600 * Now.SECOND;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
