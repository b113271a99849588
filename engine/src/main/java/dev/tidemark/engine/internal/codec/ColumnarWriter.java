package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Writes changes by column. All timestamps are in one stream, all row ids in another, and all values of each column in
 * another. After compression, this is a fifth smaller than changes that are written one by one, and it is faster. Not
 * thread-safe.
 */
public final class ColumnarWriter {
    /** The kind, table and columns of a change. Thousands of changes have only a handful of shapes. */
    private record Shape(Change.Kind kind, String table, List<String> columns) {}

    /** A shape with its number and the value streams of its columns, in the same order. */
    private record Streams(Shape shape, int number, List<ColumnWriter> values) {
        boolean fit(Change change) {
            List<String> columns = shape.columns;
            if (shape.kind != change.kind() || columns.size() != change.values().size()) {
                return false;
            }
            int index = 0;
            for (String column : change.values().keySet()) {
                if (!column.equals(columns.get(index++))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final StreamWriter body = new StreamWriter();
    private final Map<Shape, Streams> shapes = new LinkedHashMap<>();
    /** The shape of the last change of each table. The next change of a table usually has the same shape. */
    private final Map<String, Streams> latest = new HashMap<>();

    private final NumberWriter shapeStream = new NumberWriter();
    private final NumberWriter timeStream = new NumberWriter();
    private final NumberWriter clockOffsetStream = new NumberWriter();
    private final NumberWriter positionStream = new NumberWriter();
    private final MessageBufferPacker contextStream = MessagePack.newDefaultBufferPacker();

    private CausalContext context = CausalContext.EMPTY;

    public void add(Change change) throws IOException {
        Streams streams = streamsOf(change);
        shapeStream.add(streams.number);
        timeStream.add(change.hlcTime());
        clockOffsetStream.add(change.timestamp().millis() - change.wallMillis());
        positionStream.add(ChangeCodec.positionOf(change));
        addContext(change.context());
        body.addRow(change.row());
        int column = 0;
        for (@Nullable Object value : change.values().values()) {
            streams.values.get(column++).add(value);
        }
    }

    private Streams streamsOf(Change change) {
        Streams known = latest.get(change.table());
        if (known == null || !known.fit(change)) {
            Shape shape = new Shape(
                    change.kind(), change.table(), List.copyOf(change.values().keySet()));
            known = shapes.computeIfAbsent(shape, this::streamsOf);
            latest.put(shape.table, known);
        }
        return known;
    }

    private Streams streamsOf(Shape shape) {
        body.addTable(shape.table);
        List<ColumnWriter> streams = new ArrayList<>();
        for (String column : shape.columns) {
            body.column(shape.table, column);
            streams.add(body.values(shape.table, column));
        }
        return new Streams(shape, shapes.size(), streams);
    }

    private void addContext(CausalContext next) throws IOException {
        if (next.equals(context)) {
            contextStream.packNil();
            return;
        }
        body.addContext(contextStream, next);
        context = next;
    }

    public byte[] toBytes() throws IOException {
        return body.toBytes(
                this::packShapes, List.of(shapeStream, timeStream, clockOffsetStream, positionStream), contextStream);
    }

    private void packShapes(MessageBufferPacker packer, List<String> tables) throws IOException {
        packer.packArrayHeader(shapes.size());
        for (Shape shape : shapes.keySet()) {
            packer.packArrayHeader(3).packInt(shape.kind.code()).packInt(tables.indexOf(shape.table));
            packer.packArrayHeader(shape.columns.size());
            for (String column : shape.columns) {
                packer.packInt(body.column(shape.table, column));
            }
        }
    }
}
