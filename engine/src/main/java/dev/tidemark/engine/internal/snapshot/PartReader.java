package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.codec.ValueCodec;
import dev.tidemark.engine.internal.segment.Compression;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.Register;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads the rows of a part, and believes nothing. Not thread-safe. */
public final class PartReader {
    private static final int ID_TAIL_BYTES = 10;
    private static final int FIXED_STREAMS = 8;

    private static final UnpackerConfig STRICT = new UnpackerConfig()
            .withActionOnMalformedString(CodingErrorAction.REPORT)
            .withActionOnUnmappableString(CodingErrorAction.REPORT);

    private record Column(String name, MessageUnpacker values, int bytes) {}

    private record Table(String name, List<Column> columns) {}

    private record WriteShape(int flags, List<Column> columns, List<String> names) {}

    private record Shape(Table table, List<WriteShape> writes) {}

    private final List<ReplicaId> replicas = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<MessageUnpacker> streams = new ArrayList<>();
    private final Map<ReplicaId, Long> sequences = new HashMap<>();
    private int siblingBytes;
    private long time;
    private long rowHead;

    private PartReader() {}

    /** @throws FormatException if it is malformed, as far as can be seen before its rows are read */
    public static PartReader open(Snapshot.Part part) {
        PartReader reader = new PartReader();
        try {
            reader.readStructure(Compression.inflate(ByteBuffer.wrap(part.content()), part.length()));
            return reader;
        } catch (IOException | DataFormatException | MessagePackException | IllegalArgumentException e) {
            throw malformed(e);
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw malformed(e);
        }
    }

    private static FormatException malformed(Throwable cause) {
        return new FormatException("a part of a snapshot cannot be read: " + cause, cause);
    }

    private void readStructure(byte[] body) throws IOException {
        MessageUnpacker unpacker = STRICT.newUnpacker(body);
        int replicaCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.REPLICAS, "replicas");
        for (int left = replicaCount; left > 0; left--) {
            replicas.add(new ReplicaId(unpacker.unpackLong()));
        }
        Map<String, List<String>> columns = new java.util.LinkedHashMap<>();
        int tableCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.TABLES, "tables");
        int columnCount = 0;
        for (int left = tableCount; left > 0; left--) {
            requireLength(unpacker.unpackArrayHeader(), 2, "a table");
            String name = unpacker.unpackString();
            List<String> names = new ArrayList<>();
            int more = unpacker.unpackArrayHeader();
            columnCount = FormatLimits.require(Math.addExact(columnCount, more), FormatLimits.COLUMNS, "columns");
            for (; more > 0; more--) {
                names.add(unpacker.unpackString());
            }
            if (name.isEmpty() || new HashSet<>(names).size() != names.size() || columns.put(name, names) != null) {
                throw new FormatException("a table or a column is named twice, or has no name");
            }
        }
        List<List<int[]>> numbers = readShapes(unpacker);
        for (int stream = 0; stream < FIXED_STREAMS; stream++) {
            int length = addStream(unpacker, body);
            siblingBytes = length;
        }
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            List<Column> read = new ArrayList<>();
            for (String column : table.getValue()) {
                int length = addStream(unpacker, body);
                read.add(new Column(column, streams.getLast(), length));
            }
            tables.add(new Table(table.getKey(), read));
        }
        if (unpacker.getTotalReadBytes() != body.length) {
            throw new FormatException("its content goes on after its end");
        }
        for (List<int[]> shape : numbers) {
            shapes.add(shape(shape));
        }
    }

    /** Each as the table, then for each write its flags and columns. */
    private static List<List<int[]>> readShapes(MessageUnpacker unpacker) throws IOException {
        List<List<int[]>> shapes = new ArrayList<>();
        int held = 0;
        int shapeCount = FormatLimits.require(unpacker.unpackArrayHeader(), FormatLimits.SHAPES, "shapes");
        for (int left = shapeCount; left > 0; left--) {
            requireLength(unpacker.unpackArrayHeader(), 2, "a shape");
            List<int[]> shape = new ArrayList<>();
            shape.add(new int[] {unpacker.unpackInt()});
            int writes = unpacker.unpackArrayHeader();
            held = FormatLimits.require(Math.addExact(held, writes), FormatLimits.SHAPE_COLUMNS, "writes of shapes");
            for (; writes > 0; writes--) {
                requireLength(unpacker.unpackArrayHeader(), 2, "a write");
                List<Integer> write = new ArrayList<>();
                write.add(unpacker.unpackInt());
                int columns = unpacker.unpackArrayHeader();
                held = FormatLimits.require(
                        Math.addExact(held, columns), FormatLimits.SHAPE_COLUMNS, "columns of shapes");
                for (; columns > 0; columns--) {
                    write.add(unpacker.unpackInt());
                }
                shape.add(write.stream().mapToInt(Integer::intValue).toArray());
            }
            shapes.add(shape);
        }
        return shapes;
    }

    private int addStream(MessageUnpacker unpacker, byte[] body) throws IOException {
        int length = unpacker.unpackBinaryHeader();
        int offset = Math.toIntExact(unpacker.getTotalReadBytes());
        if (length > body.length - offset) {
            throw new FormatException("a stream claims more bytes than there are");
        }
        streams.add(STRICT.newUnpacker(body, offset, length));
        unpacker.readPayloadAsReference(length);
        return length;
    }

    private Shape shape(List<int[]> numbers) {
        Table table = at(tables, numbers.getFirst()[0], "table");
        List<WriteShape> writes = new ArrayList<>();
        Set<String> held = new HashSet<>();
        boolean deleted = false;
        boolean exists = false;
        for (int[] write : numbers.subList(1, numbers.size())) {
            List<Column> columns = new ArrayList<>();
            for (int index = 1; index < write.length; index++) {
                Column column = at(table.columns, write[index], "column");
                columns.add(column);
                if (!held.add(column.name)) {
                    throw new FormatException("two writes hold one cell");
                }
            }
            boolean isDelete = (write[0] & PartWriter.FLAG_DELETE) != 0;
            boolean isExistence = (write[0] & PartWriter.FLAG_EXISTS) != 0;
            boolean holdsSomething = isExistence || !columns.isEmpty();
            if (isDelete == holdsSomething || (isDelete && deleted) || (isExistence && exists)) {
                throw new FormatException("a write of a row holds what it cannot");
            }
            deleted |= isDelete;
            exists |= isExistence;
            writes.add(new WriteShape(
                    write[0], columns, columns.stream().map(Column::name).toList()));
        }
        return new Shape(table, writes);
    }

    /**
     * The next row, or {@code null} after the last.
     *
     * @throws FormatException if it is malformed
     */
    public @Nullable SnapshotRow next() {
        try {
            if (!streams.getFirst().hasNext()) {
                requireEnd();
                return null;
            }
            SnapshotRow row = readRow();
            if (row.size() > 2 * FormatLimits.maxReadableBytes()) {
                throw new FormatException("a row of " + row.size() + " bytes is more than there is memory for");
            }
            return row;
        } catch (IOException
                | MessagePackException
                | IllegalArgumentException
                | ArithmeticException
                | OutOfMemoryError e) {
            throw malformed(e);
        }
    }

    private SnapshotRow readRow() throws IOException {
        Shape shape = at(shapes, streams.get(0).unpackInt(), "shape");
        UUID id = readId();
        List<WinningWrite> writes = new ArrayList<>(shape.writes.size());
        Map<String, @Nullable Object> values = new HashMap<>();
        for (WriteShape write : shape.writes) {
            ReplicaId replica = at(replicas, streams.get(3).unpackInt(), "replica");
            long sequence = Math.addExact(
                    sequences.getOrDefault(replica, 0L), streams.get(4).unpackLong());
            sequences.put(replica, sequence);
            time = wellFormed(Math.addExact(time, streams.get(5).unpackLong()));
            long lag = streams.get(6).unpackLong();
            boolean delete = (write.flags & PartWriter.FLAG_DELETE) != 0;
            boolean seen = (write.flags & PartWriter.FLAG_SEEN) != 0;
            boolean exists = (write.flags & PartWriter.FLAG_EXISTS) != 0;
            writes.add(new WinningWrite(new Dot(replica, sequence), time, lag, delete, seen, exists, write.names));
            for (Column column : write.columns) {
                values.put(column.name, ValueCodec.read(column.values, column.bytes));
            }
        }
        return new SnapshotRow(shape.table.name, id, writes, readSiblings(shape.table), values);
    }

    private UUID readId() throws IOException {
        rowHead += streams.get(1).unpackLong();
        if (rowHead < 0 || rowHead >>> 48 != 0) {
            throw new FormatException("a row's id is out of range");
        }
        ByteBuffer tail = ByteBuffer.wrap(streams.get(2).readPayload(ID_TAIL_BYTES));
        return new UUID(rowHead << 16 | Short.toUnsignedLong(tail.getShort()), tail.getLong());
    }

    private List<SiblingWrite> readSiblings(Table table) throws IOException {
        MessageUnpacker stream = streams.get(7);
        int count = FormatLimits.require(stream.unpackArrayHeader(), FormatLimits.SIBLINGS, "open writes of a row");
        List<SiblingWrite> siblings = new ArrayList<>(Math.min(count, 16));
        for (int left = count; left > 0; left--) {
            requireLength(stream.unpackArrayHeader(), 7, "an open write");
            int cell = stream.unpackInt();
            boolean isColumn = cell >= Register.COLUMN.code();
            Register register = isColumn
                    ? Register.COLUMN
                    : cell == Register.EXISTENCE.code() ? Register.EXISTENCE : Register.DELETE;
            if (cell < Register.DELETE.code()) {
                throw new FormatException("there is no cell " + cell);
            }
            String column = isColumn ? at(table.columns, cell - Register.COLUMN.code(), "column").name : "";
            Dot dot = new Dot(at(replicas, stream.unpackInt(), "replica"), stream.unpackLong());
            long stamp = wellFormed(stream.unpackLong());
            long lag = stream.unpackLong();
            CausalContext context = readContext(stream);
            siblings.add(new SiblingWrite(
                    register, column, dot, stamp, lag, context, ValueCodec.read(stream, siblingBytes)));
        }
        return siblings;
    }

    private @Nullable CausalContext readContext(MessageUnpacker stream) throws IOException {
        if (stream.tryUnpackNil()) {
            return null;
        }
        requireLength(stream.unpackArrayHeader(), 2, "a context");
        Map<ReplicaId, Long> heads = new TreeMap<>();
        for (int left = FormatLimits.require(pairs(stream), FormatLimits.REPLICAS, "replicas"); left > 0; left--) {
            heads.put(at(replicas, stream.unpackInt(), "replica"), stream.unpackLong());
        }
        Set<Dot> unseen = new TreeSet<>();
        for (int left = FormatLimits.require(pairs(stream), FormatLimits.UNSEEN, "unseen changes"); left > 0; left--) {
            unseen.add(new Dot(at(replicas, stream.unpackInt(), "replica"), stream.unpackLong()));
        }
        return new CausalContext(VersionVector.of(heads), unseen);
    }

    private static int pairs(MessageUnpacker stream) throws IOException {
        int length = stream.unpackArrayHeader();
        if (length % 2 != 0) {
            throw new FormatException("a context has an odd number of entries");
        }
        return length / 2;
    }

    private void requireEnd() throws IOException {
        for (MessageUnpacker stream : streams) {
            if (stream.hasNext()) {
                throw new FormatException("a stream goes on after the last row");
            }
        }
    }

    private static long wellFormed(long time) {
        if (!HlcTimestamp.isWellFormed(time)) {
            throw new FormatException("a write has a malformed stamp");
        }
        return time;
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
}
