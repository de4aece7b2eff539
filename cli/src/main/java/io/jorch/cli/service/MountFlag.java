package io.jorch.cli.service;

import io.jorch.api.error.JorchException;
import io.jorch.cli.render.Units;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// `--mount type=volume,source=data,target=/data,readonly` as the API's `Mount`.
final class MountFlag {
    private static final Set<String> KEYS = Set.of("type", "source", "src", "target", "dst", "destination", "readonly",
            "ro", "tmpfs-size", "tmpfs-mode", "volume-label", "volume-nocopy", "volume-driver", "volume-opt",
            "volume-subpath", "bind-propagation", "bind-nonrecursive", "consistency");

    private MountFlag() {
    }

    static Map<String, Object> parse(String flag, String text) {
        Map<String, String> pairs = Pairs.parse(flag, text, KEYS);
        Map<String, Object> mount = new LinkedHashMap<>();
        String type = pairs.getOrDefault("type", "volume");
        mount.put("Type", type);
        String source = first(pairs, "source", "src");
        if (!source.isEmpty()) {
            mount.put("Source", source);
        }
        String target = first(pairs, "target", "dst", "destination");
        if (target.isEmpty()) {
            throw JorchException.invalid(flag, "has no target: say where in the container, e.g. target=/data");
        }
        mount.put("Target", target);
        if (pairs.getOrDefault("readonly", pairs.getOrDefault("ro", "false")).equals("true")) {
            mount.put("ReadOnly", true);
        }
        if (type.equals("tmpfs")) {
            Map<String, Object> options = new LinkedHashMap<>();
            if (pairs.containsKey("tmpfs-size")) {
                options.put("SizeBytes", Units.parseBytes(flag + " tmpfs-size", pairs.getOrDefault("tmpfs-size", "")));
            }
            if (pairs.containsKey("tmpfs-mode")) {
                options.put("Mode", Integer.parseInt(pairs.getOrDefault("tmpfs-mode", "1777"), 8));
            }
            mount.put("TmpfsOptions", options);
        }
        if (type.equals("volume")) {
            volumeOptions(flag, pairs, mount);
        }
        if (type.equals("bind") && pairs.containsKey("bind-propagation")) {
            mount.put("BindOptions", Map.of("Propagation", pairs.getOrDefault("bind-propagation", "")));
        }
        return mount;
    }

    private static void volumeOptions(String flag, Map<String, String> pairs, Map<String, Object> mount) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (pairs.containsKey("volume-label")) {
            options.put("Labels", map(flag, pairs.getOrDefault("volume-label", "")));
        }
        if (pairs.getOrDefault("volume-nocopy", "false").equals("true")) {
            options.put("NoCopy", true);
        }
        if (pairs.containsKey("volume-driver") || pairs.containsKey("volume-opt")) {
            options.put("DriverConfig", Map.of("Name", pairs.getOrDefault("volume-driver", "local"), "Options",
                    map(flag, pairs.getOrDefault("volume-opt", ""))));
        }
        if (pairs.containsKey("volume-subpath")) {
            options.put("Subpath", pairs.getOrDefault("volume-subpath", ""));
        }
        if (!options.isEmpty()) {
            mount.put("VolumeOptions", options);
        }
    }

    private static Map<String, String> map(String flag, String lines) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : lines.split("\n")) {
            if (!line.isEmpty()) {
                Map.Entry<String, String> pair = Pairs.keyValue(flag, line);
                map.put(pair.getKey(), pair.getValue());
            }
        }
        return map;
    }

    private static String first(Map<String, String> pairs, String... keys) {
        for (String key : keys) {
            String value = pairs.get(key);
            if (value != null) {
                return value;
            }
        }
        return "";
    }
}
