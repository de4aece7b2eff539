package io.jorch.images.model;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.json.InstantCodec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An image's configuration (image-spec, config.md): the defaults of its containers, and what its layers must be.
///
/// @param diffIds digests of the uncompressed layers, lowest first
public record ConfigDocument(Platform platform, Optional<Instant> created, String author, ImageConfig config,
        List<Digest> diffIds, List<History> history) {
    public ConfigDocument {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// How a layer came to be.
    ///
    /// @param emptyLayer the step made no layer
    public record History(Optional<Instant> created, String createdBy, String comment, boolean emptyLayer) {
    }

    private static final int MAX_HISTORY = 10_000;

    /// @throws JorchException CORRUPT
    public static ConfigDocument parse(byte[] content) {
        JsonDocument document = JsonDocument.parse("image configuration", content)
                .known(Set.of("architecture", "os", "variant", "config", "rootfs", "history", "created"));
        JsonDocument rootfs = document.object("rootfs").orElseThrow(() -> document.refuse("has no rootfs"))
                .known(Set.of("type", "diff_ids"));
        if (!rootfs.text("type").equals("layers")) {
            throw document.refuse("rootfs.type is not 'layers'");
        }
        List<Digest> diffIds = rootfs.texts("diff_ids", ImageDocuments.MAX_LAYERS).stream()
                .map(text -> Digest.find(text)
                        .orElseThrow(() -> rootfs.refuse("diff_ids holds something that is no digest")))
                .toList();
        Platform platform = new Platform(document.text("os"), document.text("architecture"), document.text("variant"));
        ImageConfig config = document.object("config").map(ConfigDocument::config).orElse(ImageConfig.EMPTY);
        List<History> history = document.objects("history", MAX_HISTORY).stream()
                .map(step -> new History(time(step.text("created")), step.text("created_by"), step.text("comment"),
                        step.flag("empty_layer")))
                .toList();
        return new ConfigDocument(platform, time(document.text("created")), document.text("author"), config, diffIds,
                history);
    }

    private static ImageConfig config(JsonDocument document) {
        document.known(Set.of("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels",
                "StopSignal", "Healthcheck"));
        try {
            return document.as(ImageConfig.class);
        } catch (JorchException wrong) {
            throw new JorchException(ErrorCode.CORRUPT, "refused image configuration: config." + wrong.getMessage(), wrong);
        }
    }

    /// Times are for showing only, so a malformed one is no reason to refuse an image.
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(time -> !time.equals(InstantCodec.ZERO));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
