package io.jorch.cli.stack;

import io.jorch.cli.render.Units;
import java.util.LinkedHashMap;
import java.util.Map;

/// One of a service's `volumes` as the API's mount: short `SOURCE:TARGET[:ro]`, or long.
final class ComposeMount {
    private ComposeMount() {
    }

    static Map<String, Object> of(Entry volume, Names names) {
        return volume.isMap() ? longForm(volume, names) : shortForm(volume, names);
    }

    private static Map<String, Object> shortForm(Entry volume, Names names) {
        String[] parts = volume.text().split(":");
        if (parts.length > 3 || parts[0].isEmpty()) {
            throw volume.wrong("'" + volume.text() + "' is not SOURCE:TARGET[:ro]");
        }
        Map<String, Object> mount = new LinkedHashMap<>();
        if (parts.length == 1) {
            mount.put("Type", "volume");
            mount.put("Target", parts[0]);
            return mount;
        }
        source(mount, parts[0].startsWith("/") || parts[0].startsWith(".") || parts[0].startsWith("~") ? "bind" : "volume",
                parts[0], volume, names);
        mount.put("Target", parts[1]);
        for (String option : parts.length == 3 ? parts[2].split(",") : new String[0]) {
            switch (option) {
                case "ro" -> mount.put("ReadOnly", true);
                case "rw" -> mount.put("ReadOnly", false);
                case "nocopy" -> mount.put("VolumeOptions", Map.of("NoCopy", true));
                default -> throw volume.wrong("'" + option + "' is no option of a volume that jorch knows: use ro");
            }
        }
        return mount;
    }

    private static void source(Map<String, Object> mount, String type, String source, Entry at, Names names) {
        mount.put("Type", type);
        switch (type) {
            case "bind" -> {
                if (source.startsWith("~")) {
                    throw at.wrong("'" + source + "': ~ means nothing on a node, write the whole path");
                }
                mount.put("Source", names.folder().resolve(source).normalize().toString());
            }
            case "volume" -> mount.put("Source", names.volume(source, at));
            default -> throw at.wrong("a mount of type " + type + " has no source");
        }
    }

    private static Map<String, Object> longForm(Entry volume, Names names) {
        Map<String, Object> mount = new LinkedHashMap<>();
        Map<String, Entry> members = volume.map();
        Entry type = members.get("type");
        if (type == null || !members.containsKey("target")) {
            throw volume.wrong("needs type and target");
        }
        mount.put("Type", switch (type.text()) {
            case "volume", "bind", "tmpfs" -> type.text();
            default -> throw type.wrong("'" + type.text() + "': use volume, tmpfs or bind");
        });
        members.forEach((key, value) -> {
            switch (key) {
                case "type" -> type.text();
                case "source" -> source(mount, type.text(), value.text(), value, names);
                case "target" -> mount.put("Target", value.text());
                case "read_only" -> mount.put("ReadOnly", value.truth());
                case "consistency" -> names.warn(value, "has no effect");
                case "tmpfs" -> mount.put("TmpfsOptions", options(value, Map.of("size", "SizeBytes", "mode", "Mode")));
                case "volume" -> mount.put("VolumeOptions", options(value, Map.of("nocopy", "NoCopy", "subpath", "Subpath")));
                case "bind" -> mount.put("BindOptions",
                        options(value, Map.of("propagation", "Propagation", "create_host_path", "CreateMountpoint")));
                default -> throw value.wrong("is no key of a mount that jorch knows");
            }
        });
        return mount;
    }

    private static Map<String, Object> options(Entry value, Map<String, String> known) {
        Map<String, Object> options = new LinkedHashMap<>();
        value.map().forEach((key, option) -> {
            String field = known.get(key);
            if (field == null) {
                throw option.wrong("is no option of a mount that jorch knows");
            }
            options.put(field, switch (key) {
                case "size" -> Units.parseBytes(option.place(), option.text());
                case "mode" -> octal(option);
                case "nocopy", "create_host_path" -> option.truth();
                default -> option.text();
            });
        });
        return options;
    }

    private static int octal(Entry mode) {
        try {
            return Integer.parseInt(mode.text().replaceFirst("^0o", ""), 8);
        } catch (NumberFormatException wrong) {
            throw mode.wrong("'" + mode.text() + "' is no octal mode, e.g. 1777");
        }
    }

    /// `/run` or `/run:size=64m,mode=1777`.
    static Map<String, Object> tmpfs(String text, Entry at) {
        Map<String, Object> mount = new LinkedHashMap<>();
        int colon = text.indexOf(':');
        mount.put("Type", "tmpfs");
        mount.put("Target", colon < 0 ? text : text.substring(0, colon));
        Map<String, Object> options = new LinkedHashMap<>();
        for (String option : colon < 0 ? new String[0] : text.substring(colon + 1).split(",")) {
            String[] pair = option.split("=", 2);
            switch (pair[0]) {
                case "size" -> options.put("SizeBytes", Units.parseBytes(at.place(), pair[pair.length - 1]));
                case "mode" -> options.put("Mode", Integer.parseInt(pair[pair.length - 1], 8));
                default -> throw at.wrong("'" + option + "' is no option of a tmpfs that jorch knows: use size, mode");
            }
        }
        if (!options.isEmpty()) {
            mount.put("TmpfsOptions", options);
        }
        return mount;
    }
}
