package io.jorch.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.util.List;

/// `--filter name=web --filter label=a=b` as the API's `filters` parameter: `{"label":["a=b"],"name":["web"]}`.
public final class Filters {
    private Filters() {
    }

    public static String encode(List<String> filters, String... more) {
        ObjectNode encoded = Json.mapper().createObjectNode();
        for (String filter : filters) {
            int equals = filter.indexOf('=');
            if (equals <= 0) {
                throw JorchException.invalid("--filter", "'" + filter + "' is not KEY=VALUE, e.g. name=web");
            }
            add(encoded, filter.substring(0, equals), filter.substring(equals + 1));
        }
        for (int i = 0; i < more.length; i += 2) {
            add(encoded, more[i], more[i + 1]);
        }
        return encoded.toString();
    }

    private static void add(ObjectNode encoded, String key, String value) {
        if (encoded.get(key) instanceof ArrayNode values) {
            values.add(value);
        } else {
            encoded.putArray(key).add(value);
        }
    }
}
