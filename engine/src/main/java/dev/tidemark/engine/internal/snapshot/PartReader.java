package dev.tidemark.engine.internal.snapshot;

import static dev.tidemark.engine.internal.codec.StreamReader.at;
import static dev.tidemark.engine.internal.codec.StreamReader.requireLength;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.ColumnReader;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.codec.NumberReader;
import dev.tidemark.engine.internal.codec.StreamReader;
import dev.tidemark.engine.internal.codec.StreamReader.Table;
import dev.tidemark.engine.internal.codec.ValueCodec;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.Register;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/** Reads the rows of a snapshot part, and validates everything in it. Not thread-safe. */
public final class PartReader {
    private static final int STREAMS = 6;

    private static final UnpackerConfig STRICT = new UnpackerConfig()
            .withActionOnMalformedString(CodingErrorAction.REPORT)
            .withActionOnUnmappableString(CodingErrorAction.REPORT);

    private record WriteShape(int flags, List<ColumnReader> columns, List<String> names) {}

    private record Shape(Table table, List<WriteShape> writes) {}

    private static final int SIBLINGS = 5;

    private final StreamReader body;
    private final List<Shape> shapes;
    private final Map<ReplicaId, Long> sequences = new HashMap<>();
    private final NumberReader shapeNumbers;
    private final NumberReader replicas;
    private final NumberReader sequenceSteps;
    private final NumberReader times;
    private final NumberReader clockOffsets;
    private final MessageUnpacker siblings;

    private PartReader(StreamReader body, List<Shape> shapes) {
        this.body = body;
        this.shapes = shapes;
        this.shapeNumbers = body.numbers(0, body.rows());
        long writes = openColumns();
        this.replicas = body.numbers(1, writes);
        this.sequenceSteps = body.numbers(2, writes);
        this.times = body.numbers(3, writes);
        this.clockOffsets = body.numbers(4, writes);
        this.siblings = body.packed(SIBLINGS);
    }

    /** Counts how often each column was written, and returns how many writes there are. */
    private long openColumns() {
        long[] rows = new long[shapes.size()];
        NumberReader numbers = body.numbers(0, body.rows());
        for (int left = body.rows(); left > 0; left--) {
            int number = numbers.nextInt();
            at(shapes, number, "shape");
            rows[number]++;
        }
        long writes = 0;
        IdentityHashMap<ColumnReader, Long> written = new IdentityHashMap<>();
        for (int number = 0; number < rows.length; number++) {
            for (WriteShape write : shapes.get(number).writes) {
                writes += rows[number];
                for (ColumnReader column : write.columns) {
                    written.merge(column, rows[number], Math::addExact);
                }
            }
        }
        body.openColumns(written);
        return writes;
    }

    /** @throws FormatException if the structure of the part is malformed. {@link #next} reports malformed rows */
    public static PartReader open(Snapshot.Part part) {
        try {
            byte[] bytes = Compression.decompress(ByteBuffer.wrap(part.content()), part.length());
            StreamReader body = new StreamReader(bytes, STRICT);
            return new PartReader(body, readStructure(body));
        } catch (IOException | MessagePackException | IllegalArgumentException e) {
            throw malformed(e);
        } catch (ArithmeticException | OutOfMemoryError e) {
            throw malformed(e);
        }
    }

    private static FormatException malformed(Throwable cause) {
        return new FormatException("a part of a snapshot cannot be read: " + cause, cause);
    }

    private static List<Shape> readStructure(StreamReader body) throws IOException {
        List<List<int[]>> numbers = readShapes(body.header());
        body.readStreams(STREAMS);
        if (body.tables().stream().anyMatch(table -> table.name().isEmpty())) {
            throw new FormatException("a table has no name");
        }
        return numbers.stream().map(shape -> shape(shape, body.tables())).toList();
    }

    /**
     * Reads the shapes as numbers. A shape has the number of its table, followed by the flags and columns of each
     * write.
     */
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

    private static Shape shape(List<int[]> numbers, List<Table> tables) {
        Table table = at(tables, numbers.getFirst()[0], "table");
        List<WriteShape> writes = new ArrayList<>();
        Set<String> held = new HashSet<>();
        boolean deleted = false;
        boolean exists = false;
        for (int[] write : numbers.subList(1, numbers.size())) {
            List<ColumnReader> columns = new ArrayList<>();
            for (int index = 1; index < write.length; index++) {
                ColumnReader column = at(table.columns(), write[index], "column");
                columns.add(column);
                if (!held.add(column.name())) {
                    throw new FormatException("two writes hold one cell");
                }
            }
            boolean isDelete = (write[0] & PartWriter.FLAG_DELETE) != 0;
            boolean isExistence = (write[0] & PartWriter.FLAG_EXISTS) != 0;
            boolean hasValues = isExistence || !columns.isEmpty();
            if (isDelete == hasValues || (isDelete && deleted) || (isExistence && exists)) {
                throw new FormatException("a write of a row holds what it cannot");
            }
            deleted |= isDelete;
            exists |= isExistence;
            writes.add(new WriteShape(
                    write[0], columns, columns.stream().map(ColumnReader::name).toList()));
        }
        return new Shape(table, writes);
    }

    /** Returns the next row; {@code null} after the last. */
    public @Nullable SnapshotRow next() {
        try {
            if (body.rows() == 0) {
                body.requireEnd(siblings);
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
        Shape shape = at(shapes, shapeNumbers.nextInt(), "shape");
        UUID id = body.rowId();
        List<WinningWrite> writes = new ArrayList<>(shape.writes.size());
        Map<String, @Nullable Object> values = new HashMap<>();
        for (WriteShape write : shape.writes) {
            ReplicaId replica = body.replica(replicas.nextInt());
            long sequence = Math.addExact(sequences.getOrDefault(replica, 0L), sequenceSteps.next());
            sequences.put(replica, sequence);
            long time = wellFormed(times.next());
            long clockOffset = clockOffsets.next();
            boolean delete = (write.flags & PartWriter.FLAG_DELETE) != 0;
            boolean seen = (write.flags & PartWriter.FLAG_SEEN) != 0;
            boolean exists = (write.flags & PartWriter.FLAG_EXISTS) != 0;
            writes.add(
                    new WinningWrite(new Dot(replica, sequence), time, clockOffset, delete, seen, exists, write.names));
            for (ColumnReader column : write.columns) {
                values.put(column.name(), column.next());
            }
        }
        return new SnapshotRow(shape.table.name(), id, writes, readSiblings(shape.table), values);
    }

    private List<SiblingWrite> readSiblings(Table table) throws IOException {
        MessageUnpacker stream = siblings;
        int count = FormatLimits.require(stream.unpackArrayHeader(), FormatLimits.SIBLINGS, "open writes of a row");
        List<SiblingWrite> read = new ArrayList<>(Math.min(count, 16));
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
            String column = isColumn
                    ? at(table.columns(), cell - Register.COLUMN.code(), "column")
                            .name()
                    : "";
            Dot dot = new Dot(body.replica(stream), stream.unpackLong());
            long stamp = wellFormed(stream.unpackLong());
            long clockOffset = stream.unpackLong();
            CausalContext context = stream.tryUnpackNil() ? null : body.context(stream);
            read.add(new SiblingWrite(
                    register, column, dot, stamp, clockOffset, context, ValueCodec.read(stream, body.bytes(SIBLINGS))));
        }
        return read;
    }

    private static long wellFormed(long time) {
        if (!HlcTimestamp.isWellFormed(time)) {
            throw new FormatException("a write has a malformed stamp");
        }
        return time;
    }
}
