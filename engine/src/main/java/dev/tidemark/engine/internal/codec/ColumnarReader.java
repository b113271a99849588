package dev.tidemark.engine.internal.codec;

import static dev.tidemark.engine.internal.codec.StreamReader.at;
import static dev.tidemark.engine.internal.codec.StreamReader.requireLength;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.internal.codec.StreamReader.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack.UnpackerConfig;
import org.msgpack.core.MessageUnpacker;

/** Reads the format of {@link ColumnarWriter}. Not thread-safe. */
public final class ColumnarReader {
    private static final int STREAMS = 5;

    private record Shape(Change.Kind kind, String table, List<ColumnReader> columns) {}

    private final StreamReader body;
    private final List<Shape> shapes;
    private final NumberReader shapeNumbers;
    private final NumberReader times;
    private final NumberReader clockOffsets;
    private final NumberReader positions;
    private final MessageUnpacker contexts;
    private CausalContext context = CausalContext.EMPTY;

    private ColumnarReader(StreamReader body, List<Shape> shapes) {
        this.body = body;
        this.shapes = shapes;
        this.shapeNumbers = body.numbers(0, body.rows());
        this.times = body.numbers(1, body.rows());
        this.clockOffsets = body.numbers(2, body.rows());
        this.positions = body.numbers(3, body.rows());
        this.contexts = body.packed(4);
    }

    /**
     * @param bytes the result of {@link ColumnarWriter#toBytes}
     * @param config how the unpacker treats malformed text
     * @throws FormatException if the header is malformed; the changes are checked when they are read
     */
    public static ColumnarReader read(byte[] bytes, UnpackerConfig config) throws IOException {
        StreamReader body = new StreamReader(bytes, config);
        List<int[]> numbers = readShapes(body.header());
        body.readStreams(STREAMS);
        List<Shape> shapes = new ArrayList<>();
        for (int[] shape : numbers) {
            shapes.add(shape(shape, body.tables()));
        }
        openColumns(body, shapes);
        return new ColumnarReader(body, shapes);
    }

    /** Counts how often each column was written, and prepares the column's reader for that many values. */
    private static void openColumns(StreamReader body, List<Shape> shapes) {
        long[] changes = new long[shapes.size()];
        NumberReader numbers = body.numbers(0, body.rows());
        for (int left = body.rows(); left > 0; left--) {
            int number = numbers.nextInt();
            at(shapes, number, "shape");
            changes[number]++;
        }
        IdentityHashMap<ColumnReader, Long> written = new IdentityHashMap<>();
        for (int number = 0; number < changes.length; number++) {
            for (ColumnReader column : shapes.get(number).columns) {
                written.merge(column, changes[number], Math::addExact);
            }
        }
        body.openColumns(written);
    }

    /** Reads the shapes. Each shape is an array of kind, table number and column numbers. */
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

    private static Shape shape(int[] numbers, List<Table> tables) {
        Table table = at(tables, numbers[1], "table");
        Set<ColumnReader> columns = new LinkedHashSet<>();
        for (int index = 2; index < numbers.length; index++) {
            if (!columns.add(at(table.columns(), numbers[index], "column"))) {
                throw new FormatException("a shape names a column twice");
            }
        }
        return new Shape(Change.Kind.of(numbers[0]), table.name(), List.copyOf(columns));
    }

    public Change next(Dot dot) throws IOException {
        Shape shape = at(shapes, shapeNumbers.nextInt(), "shape");
        long time = times.next();
        if (!HlcTimestamp.isWellFormed(time)) {
            throw new FormatException("its change " + dot.sequence() + " has a malformed stamp");
        }
        long wallMillis = Math.subtractExact(time >>> HlcTimestamp.COUNTER_BITS, clockOffsets.next());
        long transaction = Math.subtractExact(dot.sequence(), positions.next());
        if (!contexts.tryUnpackNil()) {
            context = body.context(contexts);
        }
        UUID row = body.rowId();
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(shape.columns.size());
        for (ColumnReader column : shape.columns) {
            values.put(column.name(), column.next());
        }
        return new Change(dot, transaction, time, wallMillis, context, shape.kind, shape.table, row, values);
    }

    /** @throws FormatException if a stream has bytes left */
    public void requireEnd() throws IOException {
        body.requireEnd(contexts);
    }
}
