package io.jorch.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/// A text that may be missing: left out when it is. Named by the field that has it, since Jackson itself knows no
/// [Optional].
public final class OptionalTextCodec {
    private OptionalTextCodec() {
    }

    public static final class Writer extends StdSerializer<Optional<String>> {
        private static final long serialVersionUID = 1L;

        public Writer() {
            super(Optional.class, false);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Optional<String> value) {
            return value.isEmpty();
        }

        @Override
        public void serialize(Optional<String> value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(value.orElse(""));
        }
    }

    public static final class Reader extends StdDeserializer<Optional<String>> {
        private static final long serialVersionUID = 1L;

        public Reader() {
            super(Optional.class);
        }

        @Override
        public Optional<String> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Optional.of(parser.getText()).filter(text -> !text.isEmpty());
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<String> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
