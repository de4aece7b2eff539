package io.jorch.images.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import java.util.List;

/// Writes OCI documents of images that were made here. Equal values are equal bytes.
public final class DocumentWriter {
    private DocumentWriter() {
    }

    public static byte[] manifest(Manifest manifest) {
        ObjectNode document = root(manifest.mediaType());
        document.set("config", descriptor(manifest.config()));
        ArrayNode layers = document.putArray("layers");
        manifest.layers().forEach(layer -> layers.add(descriptor(layer)));
        return Json.write(document);
    }

    public static byte[] index(List<Descriptor> manifests) {
        ObjectNode document = root(MediaType.OCI_INDEX);
        ArrayNode list = document.putArray("manifests");
        manifests.forEach(manifest -> list.add(descriptor(manifest)));
        return Json.write(document);
    }

    public static byte[] config(ConfigDocument config) {
        ObjectNode document = Json.mapper().createObjectNode();
        config.created().ifPresent(time -> document.put("created", time.toString()));
        if (!config.author().isEmpty()) {
            document.put("author", config.author());
        }
        document.put("architecture", config.platform().architecture());
        document.put("os", config.platform().os());
        if (!config.platform().variant().isEmpty()) {
            document.put("variant", config.platform().variant());
        }
        document.set("config", Json.mapper().valueToTree(config.config()));
        ObjectNode rootfs = document.putObject("rootfs").put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        config.diffIds().forEach(diffId -> diffIds.add(diffId.toString()));
        ArrayNode history = document.putArray("history");
        for (ConfigDocument.History step : config.history()) {
            ObjectNode node = history.addObject();
            step.created().ifPresent(time -> node.put("created", time.toString()));
            node.put("created_by", step.createdBy());
            if (!step.comment().isEmpty()) {
                node.put("comment", step.comment());
            }
            if (step.emptyLayer()) {
                node.put("empty_layer", true);
            }
        }
        return Json.write(document);
    }

    private static ObjectNode root(MediaType type) {
        return Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", type.toString());
    }

    private static ObjectNode descriptor(Descriptor descriptor) {
        ObjectNode node = Json.mapper().createObjectNode().put("mediaType", descriptor.mediaType())
                .put("digest", descriptor.digest().toString()).put("size", descriptor.size());
        descriptor.platform().ifPresent(platform -> node.set("platform", Json.mapper().valueToTree(platform.view())));
        if (!descriptor.annotations().isEmpty()) {
            ObjectNode annotations = node.putObject("annotations");
            new java.util.TreeMap<>(descriptor.annotations()).forEach(annotations::put);
        }
        return node;
    }
}
