package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.ValueCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads the fields of a header by name: numbers, bytes and nil. Ignores fields that later versions add. Skips lists and
 * maps without reading them, because a forged file could nest them without limit.
 */
final class HeaderFields {
    private static final int MAX_FIELDS = 1_000;

    private final Map<String, @Nullable Object> values;

    private HeaderFields(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /** @param length the length of the header in bytes, which limits the length of each value */
    static HeaderFields read(MessageUnpacker unpacker, int length) throws IOException {
        int fields = unpacker.unpackMapHeader();
        if (fields > MAX_FIELDS) {
            throw new FormatException("its header claims " + fields + " fields");
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (int field = 0; field < fields; field++) {
            String name = unpacker.unpackString();
            if (values.containsKey(name)) {
                throw new FormatException("its header names a field twice");
            }
            values.put(name, readValue(unpacker, length));
        }
        if (unpacker.hasNext()) {
            throw new FormatException("its header goes on after its end");
        }
        return new HeaderFields(values);
    }

    private static @Nullable Object readValue(MessageUnpacker unpacker, int length) throws IOException {
        return switch (unpacker.getNextFormat().getValueType()) {
            case ARRAY, MAP, EXTENSION, BOOLEAN -> {
                unpacker.skipValue();
                yield true;
            }
            default -> ValueCodec.read(unpacker, length);
        };
    }

    long number(String name) {
        if (value(name) instanceof Long number) {
            return number;
        }
        throw new FormatException("its header's " + name + " is no number");
    }

    byte[] bytes(String name, int length) {
        byte[] bytes = bytesOrNull(name, length);
        if (bytes == null) {
            throw new FormatException("its header's " + name + " is nil");
        }
        return bytes;
    }

    byte @Nullable [] bytesOrNull(String name, int length) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof byte[] bytes) || bytes.length != length) {
            throw new FormatException("its header's " + name + " is not " + length + " bytes");
        }
        return bytes;
    }

    private @Nullable Object value(String name) {
        if (!values.containsKey(name)) {
            throw new FormatException("its header has no " + name);
        }
        return values.get(name);
    }
}
