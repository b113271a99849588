package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessageUnpacker;

/** Reads what {@link ColumnarWriter} writes. Not thread-safe. */
public final class ColumnarReader {
    private static final int ROW_TAIL_BYTES = 10;

    private record Column(String name, MessageUnpacker values, int bytes) {}

    private record Shape(Change.Kind kind, String table, List<Column> columns) {}

    private final List<ReplicaId> replicas;
    private final List<Shape> shapes;
    private final List<MessageUnpacker> streams;
    private final MessageUnpacker shapeNumbers;
    private final MessageUnpacker times;
    private final MessageUnpacker clockOffsets;
    private final MessageUnpacker contexts;
    private final MessageUnpacker rowHeads;
    private final MessageUnpacker rowTails;

    private long time;
    private long rowHead;
    private CausalContext context = CausalContext.EMPTY;

    private ColumnarReader(List<ReplicaId> replicas, List<Shape> shapes, List<MessageUnpacker> streams) {
        this.replicas = replicas;
        this.shapes = shapes;
        this.streams = streams;
        this.shapeNumbers = streams.get(0);
        this.times = streams.get(1);
        this.clockOffsets = streams.get(2);
        this.contexts = streams.get(3);
        this.rowHeads = streams.get(4);
        this.rowTails = streams.get(5);
    }

    /** A table. The streams of its columns follow each other from {@code firstStream} on. */
    private record Table(String name, List<String> columns, int firstStream) {}

    /**
     * @param body the bytes that {@link ColumnarWriter#toBytes} returned
     * @param config how the unpacker treats malformed text
     * @throws FormatException if the header is malformed; the changes are checked when they are read
     */
    public static ColumnarReader read(byte[] body, UnpackerConfig config) throws IOException {
        MessageUnpacker unpacker = config.newUnpacker(body);
        List<ReplicaId> replicas = new ArrayList<>();
        int replicaCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.REPLICAS, "replicas");
        for (int left = replicaCount; left > 0; left--) {
            replicas.add(new ReplicaId(unpacker.unpackLong()));
        }
        int streamCount = 6;
        List<Table> tables = new ArrayList<>();
        int tableCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.TABLES, "tables");
        for (int left = tableCount; left > 0; left--) {
            requireLength(unpacker.unpackArrayHeader(), 2, "a table");
            String name = unpacker.unpackString();
            List<String> columns = new ArrayList<>();
            int columnCount = unpacker.unpackArrayHeader();
            FormatLimits.require(Math.addExact(streamCount, columnCount), FormatLimits.COLUMNS, "columns");
            for (int more = columnCount; more > 0; more--) {
                columns.add(unpacker.unpackString());
            }
            requireDistinct(columns);
            tables.add(new Table(name, columns, streamCount));
            streamCount += columns.size();
        }
        List<int[]> shapeNumbers = readShapes(unpacker);
        List<MessageUnpacker> streams = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (int stream = 0; stream < streamCount; stream++) {
            int length = unpacker.unpackBinaryHeader();
            int offset = Math.toIntExact(unpacker.getTotalReadBytes());
            if (length > body.length - offset) {
                throw new FormatException("a stream claims more bytes than there are");
            }
            lengths.add(length);
            streams.add(config.newUnpacker(body, offset, length));
            unpacker.readPayloadAsReference(length);
        }
        if (unpacker.getTotalReadBytes() != body.length) {
            throw new FormatException("its content goes on after its end");
        }
        return new ColumnarReader(replicas, shapes(shapeNumbers, tables, streams, lengths), streams);
    }

    /** Reads the shapes. Each is an array of kind, table number and column numbers. */
    private static List<int[]> readShapes(MessageUnpacker unpacker) throws IOException {
        List<int[]> shapes = new ArrayList<>();
        int columns = 0;
        int shapeCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.SHAPES, "shapes");
        for (int left = shapeCount; left > 0; left--) {
            requireLength(unpacker.unpackArrayHeader(), 3, "a shape");
            List<Integer> numbers = new ArrayList<>(List.of(unpacker.unpackInt(), unpacker.unpackInt()));
            int more = unpacker.unpackArrayHeader();
            columns =
                    FormatLimits.require(Math.addExact(columns, more), FormatLimits.SHAPE_COLUMNS, "columns of shapes");
            for (; more > 0; more--) {
                numbers.add(unpacker.unpackInt());
            }
            shapes.add(numbers.stream().mapToInt(Integer::intValue).toArray());
        }
        return shapes;
    }

    private static List<Shape> shapes(
            List<int[]> numbers, List<Table> tables, List<MessageUnpacker> streams, List<Integer> lengths) {
        List<Shape> shapes = new ArrayList<>();
        for (int[] shape : numbers) {
            Table table = at(tables, shape[1], "table");
            List<Column> columns = new ArrayList<>();
            for (int index = 2; index < shape.length; index++) {
                String name = at(table.columns, shape[index], "column");
                int stream = table.firstStream + shape[index];
                columns.add(new Column(name, streams.get(stream), lengths.get(stream)));
            }
            requireDistinct(columns.stream().map(Column::name).toList());
            shapes.add(new Shape(Change.Kind.of(shape[0]), table.name, columns));
        }
        return shapes;
    }

    /**
     * Returns the next change.
     *
     * @param dot its replica and sequence number, which the body does not contain
     * @throws FormatException if it is malformed
     */
    public Change next(Dot dot) throws IOException {
        Shape shape = at(shapes, shapeNumbers.unpackInt(), "shape");
        time = Math.addExact(time, times.unpackLong());
        if (!HlcTimestamp.isWellFormed(time)) {
            throw new FormatException("its change " + dot.sequence() + " has a malformed stamp");
        }
        long wallMillis = Math.subtractExact(time >>> HlcTimestamp.COUNTER_BITS, clockOffsets.unpackLong());
        readContext();
        UUID row = readRow();
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(shape.columns.size());
        for (Column column : shape.columns) {
            values.put(column.name, ValueCodec.read(column.values, column.bytes));
        }
        return new Change(dot, time, wallMillis, context, shape.kind, shape.table, row, values);
    }

    private void readContext() throws IOException {
        if (contexts.tryUnpackNil()) {
            return;
        }
        requireLength(contexts.unpackArrayHeader(), 2, "a context");
        Map<ReplicaId, Long> heads = new TreeMap<>();
        for (int left = FormatLimits.require(pairs(), FormatLimits.REPLICAS, "replicas"); left > 0; left--) {
            heads.put(readReplica(), contexts.unpackLong());
        }
        Set<Dot> unseen = new TreeSet<>();
        for (int left = FormatLimits.require(pairs(), FormatLimits.UNSEEN, "unseen changes"); left > 0; left--) {
            unseen.add(new Dot(readReplica(), contexts.unpackLong()));
        }
        context = new CausalContext(VersionVector.of(heads), unseen);
    }

    private int pairs() throws IOException {
        int length = contexts.unpackArrayHeader();
        if (length % 2 != 0) {
            throw new FormatException("a context has an odd number of entries");
        }
        return length / 2;
    }

    private ReplicaId readReplica() throws IOException {
        return at(replicas, contexts.unpackInt(), "replica");
    }

    private UUID readRow() throws IOException {
        rowHead += rowHeads.unpackLong();
        if (rowHead < 0 || rowHead >>> 48 != 0) {
            throw new FormatException("a row's id is out of range");
        }
        byte[] tail = rowTails.readPayload(ROW_TAIL_BYTES);
        long least = 0;
        for (int index = 2; index < ROW_TAIL_BYTES; index++) {
            least = least << 8 | (tail[index] & 0xff);
        }
        long most = rowHead << 16 | (tail[0] & 0xffL) << 8 | (tail[1] & 0xffL);
        return new UUID(most, least);
    }

    /** @throws FormatException if a stream has bytes left */
    public void requireEnd() throws IOException {
        for (MessageUnpacker stream : streams) {
            if (stream.hasNext()) {
                throw new FormatException("a stream goes on after the last change");
            }
        }
    }

    private static <T> T at(List<T> list, int number, String what) {
        if (number < 0 || number >= list.size()) {
            throw new FormatException("there is no " + what + " number " + number);
        }
        return list.get(number);
    }

    private static void requireLength(int found, int wanted, String what) {
        if (found != wanted) {
            throw new FormatException(what + " has " + found + " parts, not " + wanted);
        }
    }

    private static void requireDistinct(List<String> names) {
        if (new HashSet<>(names).size() != names.size()) {
            throw new FormatException("a column is named twice");
        }
    }
}
