package io.jorch.api.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Reads and writes every record of this module. Names are UpperCamelCase; null and empty are left out, and read back as empty; an unknown
/// field is refused by its name. Map keys are written in order, so equal values are equal bytes.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder() //
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE) //
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY,
                    JsonInclude.Include.NON_NULL)) //
            .withConfigOverride(String.class, Json::nullIsEmpty) //
            .withConfigOverride(List.class, Json::nullIsEmpty) //
            .withConfigOverride(Map.class, Json::nullIsEmpty) //
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) //
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) //
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) //
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT) //
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS) //
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS) //
            .addModule(new SimpleModule() //
                    .addSerializer(Instant.class, new InstantCodec.Writer()) //
                    .addDeserializer(Instant.class, new InstantCodec.Reader()))
            .build();

    private Json() {
    }

    private static void nullIsEmpty(MutableConfigOverride override) {
        override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }

    /// The mapper itself, for trees and for streaming. Do not reconfigure it.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't write " + value.getClass().getSimpleName(), failure);
        }
    }

    /// Reads a request or a stored document.
    ///
    /// @throws JorchException INVALID, naming the field's path in the document
    public static <T> T read(byte[] json, Class<T> type) {
        return read(MAPPER.readerFor(type), json);
    }

    /// As [#read], but fields that this version doesn't know are passed over: for what a newer version may have written.
    public static <T> T readTolerant(byte[] json, Class<T> type) {
        return read(MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), json);
    }

    private static <T> T read(ObjectReader reader, byte[] json) {
        try {
            return reader.readValue(json);
        } catch (UnrecognizedPropertyException unknown) {
            throw JorchException.invalid(path(unknown.getPath()), "is not a field that jorch knows: remove it");
        } catch (JsonMappingException wrong) {
            if (wrong.getCause() instanceof JorchException cause) {
                throw cause;
            }
            throw JorchException.invalid(path(wrong.getPath()), firstLine(wrong.getOriginalMessage()));
        } catch (JsonProcessingException malformed) {
            throw new JorchException(ErrorCode.INVALID, "malformed JSON at line " + malformed.getLocation().getLineNr()
                    + " column " + malformed.getLocation().getColumnNr() + ": "
                    + firstLine(malformed.getOriginalMessage()), malformed);
        } catch (IOException impossible) {
            throw new JorchException(ErrorCode.INTERNAL, "reading bytes in memory failed", impossible);
        }
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty() ? "document" : path.toString();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
