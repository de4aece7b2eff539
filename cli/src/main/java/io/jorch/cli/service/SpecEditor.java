package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.api.spec.ServiceSpec;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;

/// A service spec while flags change it, as the JSON that is sent: what a flag doesn't touch stays as the server gave
/// it, also what this client doesn't know.
public final class SpecEditor {
    private final ObjectNode spec;

    public SpecEditor(ObjectNode spec) {
        this.spec = spec;
    }

    public ObjectNode json() {
        return spec;
    }

    /// The spec as a record: a wrong field is found before anything is sent.
    public ServiceSpec checked() {
        return Json.read(Json.write(spec), ServiceSpec.class);
    }

    /// @param path of field names, e.g. `TaskTemplate.ContainerSpec.Image`
    public void set(String path, Object value) {
        ObjectNode parent = parent(path);
        parent.set(last(path), Json.mapper().valueToTree(value));
    }

    public void remove(String path) {
        parent(path).remove(last(path));
    }

    public JsonNode get(String path) {
        JsonNode node = spec;
        for (String name : path.split("\\.")) {
            node = node.path(name);
        }
        return node;
    }

    public void add(String listPath, Object value) {
        list(listPath).add(Json.mapper().<JsonNode>valueToTree(value));
    }

    public void removeIf(String listPath, Predicate<JsonNode> matches) {
        for (Iterator<JsonNode> each = list(listPath).iterator(); each.hasNext();) {
            if (matches.test(each.next())) {
                each.remove();
            }
        }
    }

    /// Sets a key of a map: the key may hold dots.
    public void put(String mapPath, String key, String value) {
        object(mapPath).put(key, value);
    }

    public void removeKey(String mapPath, String key) {
        object(mapPath).remove(key);
    }

    private ObjectNode parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? spec : object(path.substring(0, dot));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private ObjectNode object(String path) {
        ObjectNode node = spec;
        for (String name : path.split("\\.")) {
            node = node.get(name) instanceof ObjectNode child ? child : node.putObject(name);
        }
        return node;
    }

    private ArrayNode list(String path) {
        ObjectNode parent = parent(path);
        return parent.get(last(path)) instanceof ArrayNode list ? list : parent.putArray(last(path));
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Json.mapper().readTree(json);
        } catch (IOException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
