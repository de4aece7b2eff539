package io.jorch.api.spec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `{"Replicated": {…}}` and its three siblings: exactly one member, of a known name, is set.
final class ServiceModeCodec {
    private static final Map<String, Class<? extends ServiceMode>> MEMBERS = Map.of( //
            "Replicated", ServiceMode.Replicated.class, //
            "Global", ServiceMode.Global.class, //
            "ReplicatedJob", ServiceMode.ReplicatedJob.class, //
            "GlobalJob", ServiceMode.GlobalJob.class);

    private ServiceModeCodec() {
    }

    static final class Reader extends StdDeserializer<ServiceMode> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(ServiceMode.class);
        }

        @Override
        public ServiceMode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            List<String> set = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!MEMBERS.containsKey(member.getKey())) {
                    throw JorchException.invalid("Mode." + member.getKey(), "is no mode: use one of Replicated, "
                            + "Global, ReplicatedJob, GlobalJob");
                }
                if (!member.getValue().isNull()) {
                    set.add(member.getKey());
                }
            }
            if (set.size() != 1) {
                throw JorchException.invalid("Mode", "has " + set.size() + " members set " + set + ": set exactly one");
            }
            String name = set.getFirst();
            return context.readTreeAsValue(node.get(name), MEMBERS.get(name));
        }
    }

    static final class Writer extends StdSerializer<ServiceMode> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(ServiceMode.class);
        }

        @Override
        public void serialize(ServiceMode mode, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            provider.defaultSerializeField(mode.getClass().getSimpleName(), mode, json);
            json.writeEndObject();
        }
    }
}
