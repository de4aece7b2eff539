package io.jorch.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Times as RFC 3339 in UTC with up to nine decimals; "never" is Go's zero date, [#ZERO].
public final class InstantCodec {
    /// `0001-01-01T00:00:00Z`, which Go clients take for "not set".
    public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

    private InstantCodec() {
    }

    static final class Writer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(time.toString());
        }
    }

    static final class Reader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            try {
                return java.time.OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException wrong) {
                throw JorchException.invalid(parser.currentName() == null ? "time" : parser.currentName(),
                        "'" + text + "' is no RFC 3339 time, e.g. 2026-01-31T12:00:00Z");
            }
        }
    }
}
