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
 * Writes changes by column: all timestamps in one stream, all row ids in another, all values of a column in another.
 * Deflated, this is a sixth smaller than changes written one by one, and faster. Not thread-safe.
 */
public final class ColumnarWriter {
    /** Kind of change, table and columns. Thousands of changes have a handful of shapes. */
    private record Shape(Change.Kind kind, String table, List<String> columns) {}

    private record Column(String table, String name) {}

    /** A shape with its number and the value streams of its columns, in the same order. */
    private record Streams(Shape shape, int number, List<MessageBufferPacker> values) {
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

    private final ReplicaNumbers replicas = new ReplicaNumbers();
    private final Map<String, Map<String, Integer>> tables = new LinkedHashMap<>();
    private final Map<Shape, Streams> shapes = new LinkedHashMap<>();
    /** The shape of the last change of each table. The next change usually has the same one. */
    private final Map<String, Streams> latest = new HashMap<>();

    private final Map<Column, MessageBufferPacker> values = new HashMap<>();
    private final MessageBufferPacker shapeStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker timeStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker clockOffsetStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker contextStream = MessagePack.newDefaultBufferPacker();
    private final RowIds rows = new RowIds();

    private long time;
    private CausalContext context = CausalContext.EMPTY;

    /** Adds the next change. */
    public void add(Change change) throws IOException {
        Streams streams = streamsOf(change);
        shapeStream.packInt(streams.number);
        timeStream.packLong(change.hlcTime() - time);
        time = change.hlcTime();
        clockOffsetStream.packLong(change.timestamp().millis() - change.wallMillis());
        addContext(change.context());
        rows.add(change.row());
        int column = 0;
        for (@Nullable Object value : change.values().values()) {
            ValueCodec.write(streams.values.get(column++), value);
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
        Map<String, Integer> columns = tables.computeIfAbsent(shape.table, name -> new LinkedHashMap<>());
        List<MessageBufferPacker> streams = new ArrayList<>();
        for (String column : shape.columns) {
            columns.putIfAbsent(column, columns.size());
            streams.add(values.computeIfAbsent(
                    new Column(shape.table, column), key -> MessagePack.newDefaultBufferPacker()));
        }
        return new Streams(shape, shapes.size(), streams);
    }

    private void addContext(CausalContext next) throws IOException {
        if (next.equals(context)) {
            contextStream.packNil();
            return;
        }
        replicas.pack(next, contextStream);
        context = next;
    }

    /** Returns all changes added so far, encoded. */
    public byte[] toBytes() throws IOException {
        List<MessageBufferPacker> streams = new ArrayList<>(
                List.of(shapeStream, timeStream, clockOffsetStream, contextStream, rows.heads(), rows.tails()));
        try (MessageBufferPacker body = MessagePack.newDefaultBufferPacker()) {
            replicas.pack(body);
            body.packArrayHeader(tables.size());
            for (Map.Entry<String, Map<String, Integer>> table : tables.entrySet()) {
                body.packArrayHeader(2).packString(table.getKey());
                body.packArrayHeader(table.getValue().size());
                for (String column : table.getValue().keySet()) {
                    body.packString(column);
                    streams.add(values.get(new Column(table.getKey(), column)));
                }
            }
            packShapes(body);
            for (MessageBufferPacker stream : streams) {
                byte[] bytes = stream.toByteArray();
                body.packBinaryHeader(bytes.length);
                body.addPayload(bytes);
            }
            return body.toByteArray();
        }
    }

    private void packShapes(MessageBufferPacker body) throws IOException {
        List<String> names = List.copyOf(tables.keySet());
        body.packArrayHeader(shapes.size());
        for (Shape shape : shapes.keySet()) {
            Map<String, Integer> numbers = tables.getOrDefault(shape.table, Map.of());
            body.packArrayHeader(3).packInt(shape.kind.code()).packInt(names.indexOf(shape.table));
            body.packArrayHeader(shape.columns.size());
            for (String column : shape.columns) {
                body.packInt(numbers.getOrDefault(column, -1));
            }
        }
    }
}
