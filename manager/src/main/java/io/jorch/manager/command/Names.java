package io.jorch.manager.command;

import io.jorch.api.error.JorchException;
import java.util.regex.Pattern;

/// Names of services, networks and nodes (swarmkit, `controlapi/common.go`).
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*");
    private static final int LONGEST = 63;

    private Names() {
    }

    static void check(String name, String field) {
        if (name.isEmpty()) {
            throw JorchException.invalid(field, "is empty: give a name");
        }
        if (name.length() > LONGEST) {
            throw JorchException.invalid(field,
                    "\"" + name + "\" has " + name.length() + " characters: use at most " + LONGEST);
        }
        if (!NAME.matcher(name).matches()) {
            throw JorchException.invalid(field, "\"" + name + "\" is no valid name: use letters, digits, - and _, "
                    + "beginning and ending with a letter or digit");
        }
    }

    static void checkVersion(String kind, String name, long stored, long seen) {
        if (stored != seen) {
            throw JorchException.conflict("update out of sequence: " + kind + " " + name + " is at version " + stored
                    + ", the request is for version " + seen + "; read it again and repeat the change");
        }
    }
}
