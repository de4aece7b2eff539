package io.jorch.images.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One JSON object of an image, read so that no other reader can understand it differently: no duplicate keys, and no
/// key that differs from a known one in case only (Go's encoding/json would take it for that one).
final class JsonDocument {
    private static final ObjectReader READER = Json.mapper().reader() //
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION) //
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String what;
    private final JsonNode node;

    private JsonDocument(String what, JsonNode node) {
        this.what = what;
        this.node = node;
    }

    static JsonDocument parse(String what, byte[] content) {
        JsonNode node = tree(what, content);
        if (!node.isObject()) {
            throw corrupt(what, "is no JSON object", null);
        }
        return new JsonDocument(what, node);
    }

    /// A document that is a list of objects.
    static List<JsonDocument> parseList(String what, byte[] content, int atMost) {
        // Wrapped, so that the list is read as a field of that name is.
        return new JsonDocument(what, Json.mapper().createObjectNode().set("list", tree(what, content)))
                .objects("list", atMost);
    }

    private static JsonNode tree(String what, byte[] content) {
        if (content.length > ImageDocuments.MAX_BYTES) {
            throw corrupt(what, "is " + content.length + " bytes, at most " + ImageDocuments.MAX_BYTES
                    + " are allowed", null);
        }
        try {
            return READER.readTree(content);
        } catch (JsonProcessingException malformed) {
            throw corrupt(what, malformed.getOriginalMessage(), malformed);
        } catch (IOException noText) {
            throw corrupt(what, "is no JSON", noText);
        }
    }

    /// Refuses keys that a case-insensitive reader would take for one of these.
    JsonDocument known(Set<String> names) {
        Map<String, String> byLowerCase = new HashMap<>();
        names.forEach(name -> byLowerCase.put(name.toLowerCase(Locale.ROOT), name));
        node.fieldNames().forEachRemaining(name -> {
            String known = byLowerCase.get(name.toLowerCase(Locale.ROOT));
            if (known != null && !known.equals(name)) {
                throw corrupt(what, "has a field '" + name + "', which some readers take for '" + known + "'", null);
            }
        });
        return this;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw corrupt(what, name + " is no text", null);
        }
        return value.textValue();
    }

    long size(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw corrupt(what, name + " is no size in bytes", null);
        }
        return value.longValue();
    }

    int number(String name) {
        JsonNode value = node.path(name);
        if (!value.isInt()) {
            throw corrupt(what, name + " is no number", null);
        }
        return value.intValue();
    }

    boolean flag(String name) {
        return node.path(name).asBoolean(false);
    }

    Digest digest(String name) {
        String value = text(name);
        return Digest.find(value).orElseThrow(() -> corrupt(what,
                name + " is not sha256: or sha512: followed by lower-case hex digits", null));
    }

    Optional<JsonDocument> object(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw corrupt(what, name + " is no object", null);
        }
        return Optional.of(new JsonDocument(what + " " + name, value));
    }

    List<JsonDocument> objects(String name, int atMost) {
        List<JsonDocument> objects = new ArrayList<>();
        for (JsonNode element : array(name, atMost)) {
            if (!element.isObject()) {
                throw corrupt(what, name + " holds something other than objects", null);
            }
            objects.add(new JsonDocument(what + " " + name + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    List<String> texts(String name, int atMost) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name, atMost)) {
            if (!element.isTextual()) {
                throw corrupt(what, name + " holds something other than texts", null);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> map = new HashMap<>();
        object(name).ifPresent(object -> object.node.fieldNames().forEachRemaining(key -> map.put(key, object.text(key))));
        return map;
    }

    /// Reads the object into a record of the api, passing over what it doesn't know.
    <T> T as(Class<T> type) {
        return Json.readTolerant(Json.write(node), type);
    }

    private JsonNode array(String name, int atMost) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Json.mapper().createArrayNode();
        }
        if (!value.isArray() || value.size() > atMost) {
            throw corrupt(what, name + " is no list of at most " + atMost, null);
        }
        return value;
    }

    JorchException refuse(String problem) {
        return corrupt(what, problem, null);
    }

    private static JorchException corrupt(String what, String problem, @Nullable Throwable cause) {
        return new JorchException(ErrorCode.CORRUPT, "refused " + what + ": "
                + (problem.indexOf('\n') < 0 ? problem : problem.substring(0, problem.indexOf('\n'))), cause);
    }
}
