package io.jorch.manager.control.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jorch.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Docker's own schemas, made stricter: an object has no properties but those that its schema names. Where Docker itself
/// deviates from what it publishes, or jorch adds to it, `deviations.json` says so with the reason.
public final class EngineSchema {
    private static final ObjectNode DOCUMENT = load();
    private static final Map<String, JsonSchema> COMPILED = new TreeMap<>();

    private EngineSchema() {
    }

    private static JsonNode resource(String name) {
        try (InputStream in = EngineSchema.class.getResourceAsStream("/engine-api/" + name)) {
            return Json.mapper().readTree(in);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static ObjectNode load() {
        ObjectNode document = (ObjectNode) resource("v1.50.json");
        for (JsonNode deviation : resource("deviations.json")) {
            String at = deviation.get("at").textValue();
            JsonNode target = document.at(at);
            if (target.isMissingNode()) {
                throw new IllegalStateException("deviations.json names what isn't there: " + at);
            }
            if (deviation.has("replace")) {
                ObjectNode parent = (ObjectNode) document.at(at.substring(0, at.lastIndexOf('/')));
                parent.set(at.substring(at.lastIndexOf('/') + 1), deviation.get("replace"));
            } else {
                ((ObjectNode) target).setAll((ObjectNode) deviation.get("add"));
            }
        }
        flatten(document, document);
        tighten(document);
        return document;
    }

    /// What is put together of several schemas becomes one, which can then be closed.
    private static void flatten(JsonNode node, ObjectNode document) {
        for (JsonNode child : node) {
            flatten(child, document);
        }
        if (node instanceof ObjectNode object && object.has("allOf")) {
            ObjectNode properties = Json.mapper().createObjectNode();
            for (JsonNode part : object.get("allOf")) {
                JsonNode whole = part.has("$ref") ? document.at(part.get("$ref").textValue().substring(1)) : part;
                whole.path("properties").properties()
                        .forEach(entry -> properties.set(entry.getKey(), entry.getValue().deepCopy()));
            }
            object.remove("allOf");
            object.put("type", "object");
            object.set("properties", properties);
        }
    }

    /// `x-nullable` is swagger's; a closed object and a null are JSON schema's.
    private static void tighten(JsonNode node) {
        for (JsonNode child : node) {
            tighten(child);
        }
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (object.path("properties").isObject() && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
            if (entry.getValue() instanceof ObjectNode schema && schema.path("x-nullable").asBoolean()) {
                ObjectNode either = Json.mapper().createObjectNode();
                ArrayNode choices = either.putArray("anyOf");
                ObjectNode plain = schema.deepCopy();
                plain.remove("x-nullable");
                choices.add(plain);
                choices.addObject().put("type", "null");
                object.set(entry.getKey(), either);
            }
        }
    }

    /// Every path of Docker's API with its methods, in capitals.
    public static Map<String, List<String>> paths() {
        Map<String, List<String>> paths = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.get("paths").properties()) {
            List<String> methods = new ArrayList<>();
            path.getValue().fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(java.util.Locale.ROOT)));
            paths.put(path.getKey(), methods);
        }
        return paths;
    }

    /// Checks an answer against what Docker publishes for the endpoint and the status.
    ///
    /// @param path as in the specification, e.g. `/services/{id}`
    public static void check(String method, String path, UnixHttp.Reply reply) {
        if (reply.status() >= 400) {
            validate("/definitions/ErrorResponse", reply.json());
            return;
        }
        String pointer = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/"
                + method.toLowerCase(java.util.Locale.ROOT) + "/" + reply.status();
        if (DOCUMENT.at(pointer).isMissingNode()) {
            throw new AssertionError(method + " " + path + " answers " + reply.status()
                    + ", which Docker's specification doesn't know: " + reply.text());
        }
        JsonNode schema = DOCUMENT.at(pointer);
        if (!schema.isEmpty()) {
            validate(pointer, reply.json());
        }
    }

    /// Checks a document against a definition.
    public static void check(String definition, JsonNode document) {
        validate("/definitions/" + definition, document);
    }

    private static void validate(String pointer, JsonNode document) {
        JsonSchema schema = COMPILED.computeIfAbsent(pointer, EngineSchema::compile);
        Set<ValidationMessage> problems = schema.validate(document);
        assertEquals(List.of(), problems.stream().map(ValidationMessage::getMessage).toList(),
                () -> "answer for " + pointer + ": " + document.toPrettyString());
    }

    private static JsonSchema compile(String pointer) {
        ObjectNode root = DOCUMENT.deepCopy();
        root.put("$ref", "#" + pointer.replace("{", "%7B").replace("}", "%7D"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root);
    }
}
