package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.spec.ContainerSpec;
import java.util.ArrayList;
import java.util.List;

/// What a container runs. Docker's rules (`daemon/commit.go`, merge; swarmkit maps `Command` to the entry point and
/// `Args` to the command):
///
/// | spec | entry point | arguments |
/// |---|---|---|
/// | neither | the image's | the image's |
/// | Args | the image's | Args |
/// | Command | Command | none: the image's belonged to its own entry point |
/// | both | Command | Args |
///
/// `Command` of one empty string means no entry point at all.
final class CommandLine {
    private static final String FIELD = "TaskTemplate.ContainerSpec.Command";

    private CommandLine() {
    }

    static List<String> of(ContainerSpec spec, ImageConfig image) {
        List<String> line = new ArrayList<>();
        if (spec.command().isEmpty()) {
            line.addAll(image.entrypoint());
            line.addAll(spec.args().isEmpty() ? image.cmd() : spec.args());
        } else {
            if (!spec.command().equals(List.of(""))) {
                line.addAll(spec.command());
            }
            line.addAll(spec.args());
        }
        if (line.isEmpty() || line.getFirst().isEmpty()) {
            throw JorchException.invalid(FIELD, "image " + spec.image()
                    + " names nothing to run (no ENTRYPOINT, no CMD): give the service a command");
        }
        for (String word : line) {
            if (word.indexOf('\0') >= 0) {
                throw JorchException.invalid(FIELD, "holds a NUL character, which no program can be given");
            }
        }
        return List.copyOf(line);
    }
}
