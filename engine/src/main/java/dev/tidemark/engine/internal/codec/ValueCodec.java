package dev.tidemark.engine.internal.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.MessageBuffer;

/** One SQLite value as MessagePack: nil, int, float 64, str or bin. */
public final class ValueCodec {
    /** What stands for malformed bytes once they are decoded; it may stand in a text itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private ValueCodec() {}

    public static void write(MessagePacker packer, @Nullable Object value) throws IOException {
        // Not a switch over types, which costs several times as much where only the quick compiler runs.
        if (value == null) {
            packer.packNil();
        } else if (value instanceof String text) {
            packer.packString(text);
        } else if (value instanceof Long number) {
            packer.packLong(number);
        } else if (value instanceof Double number) {
            packer.packDouble(number);
        } else if (value instanceof byte[] bytes) {
            packer.packBinaryHeader(bytes.length);
            packer.writePayload(bytes);
        } else {
            throw new IllegalArgumentException("Not a value of SQLite: " + value.getClass());
        }
    }

    public static @Nullable Object read(MessageUnpacker unpacker) throws IOException {
        return read(unpacker, Integer.MAX_VALUE);
    }

    /** Reads a value whose text or blob, if it is one, has at most {@code limit} bytes: those that there can be. */
    public static @Nullable Object read(MessageUnpacker unpacker, int limit) throws IOException {
        MessageFormat format = unpacker.getNextFormat();
        return switch (format.getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case INTEGER -> unpacker.unpackLong();
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> readText(unpacker, limit);
            case BINARY -> readBytes(unpacker, limit);
            default -> throw new FormatException("expected a value of SQLite, but found " + format);
        };
    }

    /**
     * Reads a str of at most {@code limit} bytes. The same as {@link MessageUnpacker#unpackString} in a third of the time, which
     * decodes every text by a {@code CharsetDecoder} to notice malformed ones.
     */
    private static String readText(MessageUnpacker unpacker, int limit) throws IOException {
        int length = unpacker.unpackRawStringHeader();
        if (length > limit) {
            throw new FormatException("a text claims " + length + " bytes, but at most " + limit + " fit here");
        }
        MessageBuffer bytes = unpacker.readPayloadAsReference(length);
        String text = new String(bytes.array(), bytes.arrayOffset(), length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0
                && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes.toByteArray())) {
            throw new FormatException("a text is not UTF-8");
        }
        return text;
    }

    /** Reads a bin of at most {@code limit} bytes; memory is taken only for what is really there. */
    public static byte[] readBytes(MessageUnpacker unpacker, int limit) throws IOException {
        int length = unpacker.unpackBinaryHeader();
        if (length > limit) {
            throw new FormatException("a blob claims " + length + " bytes, but at most " + limit + " fit here");
        }
        return unpacker.readPayloadAsReference(length).toByteArray();
    }
}
