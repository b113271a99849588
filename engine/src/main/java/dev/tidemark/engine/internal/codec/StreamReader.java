package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessageUnpacker;

/** Reads the format of {@link StreamWriter}, and verifies every count and number in it. Not thread-safe. */
public final class StreamReader {
    private static final int ROW_TAIL_BYTES = 10;

    /** A column of a table. */
    public record Column(String name, MessageUnpacker values, int bytes) {}

    public record Table(String name, List<Column> columns) {}

    private final byte[] body;
    private final UnpackerConfig config;
    private final MessageUnpacker header;
    private final List<ReplicaId> replicas = new ArrayList<>();
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Column> streams = new ArrayList<>();
    private long rowHead;

    /** Reads the replicas and tables. */
    public StreamReader(byte[] body, UnpackerConfig config) throws IOException {
        this.body = body;
        this.config = config;
        this.header = config.newUnpacker(body);
        for (int left = count(FormatLimits.REPLICAS, "replicas"); left > 0; left--) {
            replicas.add(new ReplicaId(header.unpackLong()));
        }
        int total = 0;
        for (int left = count(FormatLimits.TABLES, "tables"); left > 0; left--) {
            requireLength(header.unpackArrayHeader(), 2, "a table");
            String name = header.unpackString();
            int more = header.unpackArrayHeader();
            total = FormatLimits.require(Math.addExact(total, more), FormatLimits.COLUMNS, "columns");
            List<String> names = new ArrayList<>();
            for (; more > 0; more--) {
                names.add(header.unpackString());
            }
            if (new HashSet<>(names).size() != names.size() || columns.put(name, names) != null) {
                throw new FormatException("a table or a column is named twice");
            }
        }
    }

    private int count(int most, String what) throws IOException {
        return FormatLimits.require(header.unpackArrayHeader(), most, what);
    }

    /** Returns the unpacker of the shapes, which the caller reads between the tables and the streams. */
    public MessageUnpacker header() {
        return header;
    }

    /** Reads the positions of the streams: those that every body has, then those of the columns. */
    public void readStreams(int fixed) throws IOException {
        for (int stream = 0; stream < fixed; stream++) {
            addStream("");
        }
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            List<Column> read = new ArrayList<>();
            for (String column : table.getValue()) {
                read.add(addStream(column));
            }
            tables.add(new Table(table.getKey(), read));
        }
        if (header.getTotalReadBytes() != body.length) {
            throw new FormatException("its content goes on after its end");
        }
    }

    private Column addStream(String name) throws IOException {
        int length = header.unpackBinaryHeader();
        int offset = Math.toIntExact(header.getTotalReadBytes());
        if (length > body.length - offset) {
            throw new FormatException("a stream claims more bytes than there are");
        }
        Column stream = new Column(name, config.newUnpacker(body, offset, length), length);
        streams.add(stream);
        header.readPayloadAsReference(length);
        return stream;
    }

    public List<Table> tables() {
        return tables;
    }

    /** Returns a stream that every body has. */
    public MessageUnpacker stream(int number) {
        return streams.get(number).values();
    }

    public int bytes(int number) {
        return streams.get(number).bytes();
    }

    public ReplicaId replica(MessageUnpacker stream) throws IOException {
        return at(replicas, stream.unpackInt(), "replica");
    }

    public CausalContext context(MessageUnpacker stream) throws IOException {
        return ContextCodec.read(
                stream, number -> at(replicas, number, "replica"), FormatLimits.REPLICAS, FormatLimits.UNSEEN);
    }

    public UUID rowId(MessageUnpacker heads, MessageUnpacker tails) throws IOException {
        rowHead += heads.unpackLong();
        if (rowHead < 0 || rowHead >>> 48 != 0) {
            throw new FormatException("a row's id is out of range");
        }
        ByteBuffer tail = ByteBuffer.wrap(tails.readPayload(ROW_TAIL_BYTES));
        return new UUID(rowHead << 16 | Short.toUnsignedLong(tail.getShort()), tail.getLong());
    }

    /** @throws FormatException if a stream has bytes left */
    public void requireEnd() throws IOException {
        for (Column stream : streams) {
            if (stream.values().hasNext()) {
                throw new FormatException("a stream goes on after its last entry");
            }
        }
    }

    /** @throws FormatException if there is no such number */
    public static <T> T at(List<T> list, int number, String what) {
        if (number < 0 || number >= list.size()) {
            throw new FormatException("there is no " + what + " number " + number);
        }
        return list.get(number);
    }

    /** @throws FormatException if an array has another length than it must have */
    public static void requireLength(int found, int wanted, String what) {
        if (found != wanted) {
            throw new FormatException(what + " has " + found + " parts, not " + wanted);
        }
    }
}
