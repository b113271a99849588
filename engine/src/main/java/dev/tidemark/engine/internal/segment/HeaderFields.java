package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.internal.codec.FormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** The fields of a header by name; later versions may add more, which are passed over. */
final class HeaderFields {
    private static final int MAX_FIELDS = 1_000;

    private final Map<String, Value> values;

    private HeaderFields(Map<String, Value> values) {
        this.values = values;
    }

    static HeaderFields read(MessageUnpacker unpacker) throws IOException {
        int fields = unpacker.unpackMapHeader();
        if (fields > MAX_FIELDS) {
            throw new FormatException("its header claims " + fields + " fields");
        }
        Map<String, Value> values = new HashMap<>();
        for (int field = 0; field < fields; field++) {
            if (values.put(unpacker.unpackString(), unpacker.unpackValue()) != null) {
                throw new FormatException("its header names a field twice");
            }
        }
        if (unpacker.hasNext()) {
            throw new FormatException("its header goes on after its end");
        }
        return new HeaderFields(values);
    }

    long number(String name) {
        Value value = value(name);
        if (!value.isIntegerValue() || !value.asIntegerValue().isInLongRange()) {
            throw new FormatException("its header's " + name + " is no number");
        }
        return value.asIntegerValue().asLong();
    }

    byte[] bytes(String name, int length) {
        byte[] bytes = bytesOrNull(name, length);
        if (bytes == null) {
            throw new FormatException("its header's " + name + " is nil");
        }
        return bytes;
    }

    byte @Nullable [] bytesOrNull(String name, int length) {
        Value value = value(name);
        if (value.isNilValue()) {
            return null;
        }
        if (!value.isBinaryValue() || value.asBinaryValue().asByteArray().length != length) {
            throw new FormatException("its header's " + name + " is not " + length + " bytes");
        }
        return value.asBinaryValue().asByteArray();
    }

    private Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new FormatException("its header has no " + name);
        }
        return value;
    }
}
