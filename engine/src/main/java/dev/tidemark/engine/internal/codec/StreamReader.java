package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessageUnpacker;

/** Reads the format of {@link StreamWriter}, and verifies every count and number in it. Not thread-safe. */
public final class StreamReader {
    public record Table(String name, List<ColumnReader> columns) {}

    private record Stream(int offset, int end) {}

    private final byte[] body;
    private final UnpackerConfig config;
    private final MessageUnpacker header;
    private final List<ReplicaId> replicas = new ArrayList<>();
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();
    private NumberReader rowTimes;
    private NumberReader rowCounters;
    private ByteBuffer rowTails = ByteBuffer.allocate(0);

    /** Reads the replicas and tables. */
    public StreamReader(byte[] body, UnpackerConfig config) throws IOException {
        this.body = body;
        this.config = config;
        this.header = config.newUnpacker(body);
        this.rowTimes = new NumberReader(body, 0, 0, 0);
        this.rowCounters = rowTimes;
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

    private int count(int most, String name) throws IOException {
        return FormatLimits.require(header.unpackArrayHeader(), most, name);
    }

    /** Returns the unpacker of the shapes, which the caller reads between the tables and the streams. */
    public MessageUnpacker header() {
        return header;
    }

    /**
     * Reads the positions of the caller's streams, of the streams of row ids, and of the streams of the columns.
     *
     * @param own how many streams the caller has
     */
    public void readStreams(int own) throws IOException {
        for (int stream = 0; stream < own + 2; stream++) {
            streams.add(nextStream());
        }
        List<Stream> numbers = new ArrayList<>();
        for (List<String> names : columns.values()) {
            for (int left = names.size(); left > 0; left--) {
                numbers.add(nextStream());
            }
        }
        Iterator<Stream> next = numbers.iterator();
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            List<ColumnReader> read = new ArrayList<>();
            for (String column : table.getValue()) {
                Stream stream = next.next();
                Stream texts = nextStream();
                read.add(new ColumnReader(column, body, stream.offset, stream.end, texts.offset, texts.end));
            }
            tables.add(new Table(table.getKey(), read));
        }
        Stream tails = nextStream();
        if (header.getTotalReadBytes() != body.length) {
            throw new FormatException("its content goes on after its end");
        }
        rowTails = ByteBuffer.wrap(body, tails.offset, tails.end - tails.offset);
        if (rowTails.remaining() % Long.BYTES != 0) {
            throw new FormatException("the last row's id ends early");
        }
        rowTimes = numbers(own, rows());
        rowCounters = numbers(own + 1, rows());
    }

    private Stream nextStream() throws IOException {
        int length = header.unpackBinaryHeader();
        int offset = Math.toIntExact(header.getTotalReadBytes());
        if (length > body.length - offset) {
            throw new FormatException("a stream claims more bytes than there are");
        }
        header.readPayloadAsReference(length);
        return new Stream(offset, offset + length);
    }

    /** Returns how many rows are left to read. Each row has an id, so a body of few bytes cannot claim many rows. */
    public int rows() {
        return rowTails.remaining() / Long.BYTES;
    }

    public List<Table> tables() {
        return tables;
    }

    /**
     * Prepares to read the columns.
     *
     * @param written how often each column was written; a column that is missing here was never written
     */
    public void openColumns(Map<ColumnReader, Long> written) {
        for (Table table : tables) {
            for (ColumnReader column : table.columns) {
                column.open(written.getOrDefault(column, 0L));
            }
        }
    }

    /** Returns one of the caller's streams, which must contain exactly this many numbers. */
    public NumberReader numbers(int number, long count) {
        Stream stream = streams.get(number);
        NumberReader numbers = new NumberReader(body, stream.offset, stream.end, count);
        if (numbers.end() != stream.end) {
            throw new FormatException("a stream goes on after its last entry");
        }
        return numbers;
    }

    /** Returns one of the caller's streams as MessagePack. */
    public MessageUnpacker packed(int number) {
        Stream stream = streams.get(number);
        return config.newUnpacker(body, stream.offset, stream.end - stream.offset);
    }

    /** Returns how many bytes one of the caller's streams has. */
    public int bytes(int number) {
        Stream stream = streams.get(number);
        return stream.end - stream.offset;
    }

    public ReplicaId replica(int number) {
        return at(replicas, number, "replica");
    }

    public ReplicaId replica(MessageUnpacker stream) throws IOException {
        return at(replicas, stream.unpackInt(), "replica");
    }

    public CausalContext context(MessageUnpacker stream) throws IOException {
        return ContextCodec.read(
                stream, number -> at(replicas, number, "replica"), FormatLimits.REPLICAS, FormatLimits.UNSEEN);
    }

    public UUID rowId() {
        long time = rowTimes.next();
        long counter = rowCounters.next();
        if (time >>> 48 != 0 || counter >>> 16 != 0) {
            throw new FormatException("a row's id is out of range");
        }
        return new UUID(time << 16 | counter, rowTails.getLong());
    }

    /**
     * @param packed the caller's MessagePack stream
     * @throws FormatException if rows or bytes of that stream are left to read
     */
    public void requireEnd(MessageUnpacker packed) throws IOException {
        if (rows() > 0 || packed.hasNext()) {
            throw new FormatException("a stream goes on after its last entry");
        }
    }

    /** @throws FormatException if the list has no element with this number */
    public static <T> T at(List<T> list, int number, String name) {
        if (number < 0 || number >= list.size()) {
            throw new FormatException("there is no " + name + " number " + number);
        }
        return list.get(number);
    }

    /** @throws FormatException if an array has another length than it must have */
    public static void requireLength(int found, int wanted, String name) {
        if (found != wanted) {
            throw new FormatException(name + " has " + found + " parts, not " + wanted);
        }
    }
}
