package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.ReplicaNumbers;
import dev.tidemark.engine.internal.codec.RowIds;
import dev.tidemark.engine.internal.codec.ValueCodec;
import dev.tidemark.engine.internal.segment.Compression;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.Register;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
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
 * Writes rows as one part of a snapshot, taken apart as segments are: what rows have in common stands together, each in a
 * stream of its own. {@code docs/file-format.md} has the format. Not thread-safe.
 */
public final class PartWriter {
    static final int FLAG_DELETE = 1;
    static final int FLAG_SEEN = 2;
    static final int FLAG_EXISTS = 4;

    /** Which writes with which cells a row of a table has: a handful for thousands of rows. */
    private record Shape(String table, List<WriteShape> writes) {}

    private record WriteShape(int flags, List<String> columns) {}

    private record Column(String table, String name) {}

    private final ReplicaNumbers replicas = new ReplicaNumbers();
    private final Map<String, Map<String, Integer>> tables = new LinkedHashMap<>();
    private final Map<Shape, Integer> shapes = new LinkedHashMap<>();
    private final Map<Column, MessageBufferPacker> values = new HashMap<>();
    private final Map<ReplicaId, Long> sequences = new HashMap<>();
    private final MessageBufferPacker shapeStream = MessagePack.newDefaultBufferPacker();
    private final RowIds rows = new RowIds();
    private final MessageBufferPacker replicaStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker sequenceStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker timeStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker clockOffsetStream = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker siblingStream = MessagePack.newDefaultBufferPacker();

    private long time;
    private long bytes;

    /** About how many bytes were added, before compression. */
    long bytes() {
        return bytes;
    }

    /** Adds the next row. */
    void add(SnapshotRow row) throws IOException {
        bytes += row.size();
        shapeStream.packInt(number(shapeOf(row)));
        rows.add(row.id());
        for (WinningWrite write : row.writes()) {
            ReplicaId replica = write.dot().replica();
            replicaStream.packInt(replicas.of(replica));
            long before = sequences.getOrDefault(replica, 0L);
            sequenceStream.packLong(write.dot().sequence() - before);
            sequences.put(replica, write.dot().sequence());
            timeStream.packLong(write.hlcTime() - time);
            time = write.hlcTime();
            clockOffsetStream.packLong(write.clockOffset());
            for (String column : write.columns()) {
                MessageBufferPacker stream = values.computeIfAbsent(
                        new Column(row.table(), column), key -> MessagePack.newDefaultBufferPacker());
                ValueCodec.write(stream, row.values().get(column));
            }
        }
        addSiblings(row);
    }

    private static Shape shapeOf(SnapshotRow row) {
        List<WriteShape> writes = new ArrayList<>(row.writes().size());
        for (WinningWrite write : row.writes()) {
            int flags = (write.delete() ? FLAG_DELETE : 0)
                    | (write.seen() ? FLAG_SEEN : 0)
                    | (write.exists() ? FLAG_EXISTS : 0);
            writes.add(new WriteShape(flags, write.columns()));
        }
        return new Shape(row.table(), writes);
    }

    private int number(Shape shape) {
        Integer known = shapes.get(shape);
        if (known != null) {
            return known;
        }
        for (WriteShape write : shape.writes) {
            write.columns.forEach(column -> number(shape.table, column));
        }
        tables.computeIfAbsent(shape.table, name -> new LinkedHashMap<>());
        shapes.put(shape, shapes.size());
        return shapes.size() - 1;
    }

    private int number(String table, String column) {
        Map<String, Integer> columns = tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
        Integer known = columns.putIfAbsent(column, columns.size());
        return known == null ? columns.size() - 1 : known;
    }

    private void addSiblings(SnapshotRow row) throws IOException {
        siblingStream.packArrayHeader(row.siblings().size());
        for (SiblingWrite sibling : row.siblings()) {
            siblingStream.packArrayHeader(7);
            int code = sibling.register().code();
            siblingStream.packInt(
                    sibling.register() == Register.COLUMN ? code + number(row.table(), sibling.column()) : code);
            siblingStream.packInt(replicas.of(sibling.dot().replica()));
            siblingStream.packLong(sibling.dot().sequence());
            siblingStream.packLong(sibling.hlcTime());
            siblingStream.packLong(sibling.clockOffset());
            addContext(sibling.context());
            ValueCodec.write(siblingStream, sibling.value());
        }
    }

    private void addContext(@Nullable CausalContext context) throws IOException {
        if (context == null) {
            siblingStream.packNil();
            return;
        }
        replicas.pack(context, siblingStream);
    }

    /** All that was added. */
    Snapshot.Part toPart() throws IOException {
        byte[] body = body();
        return new Snapshot.Part(body.length, Compression.deflate(body));
    }

    private byte[] body() throws IOException {
        List<MessageBufferPacker> streams = new ArrayList<>(List.of(
                shapeStream,
                rows.heads(),
                rows.tails(),
                replicaStream,
                sequenceStream,
                timeStream,
                clockOffsetStream,
                siblingStream));
        try (MessageBufferPacker body = MessagePack.newDefaultBufferPacker();
                MessageBufferPacker none = MessagePack.newDefaultBufferPacker()) {
            replicas.pack(body);
            body.packArrayHeader(tables.size());
            for (Map.Entry<String, Map<String, Integer>> table : tables.entrySet()) {
                body.packArrayHeader(2).packString(table.getKey());
                body.packArrayHeader(table.getValue().size());
                for (String column : table.getValue().keySet()) {
                    body.packString(column);
                    streams.add(values.getOrDefault(new Column(table.getKey(), column), none));
                }
            }
            packShapes(body);
            for (MessageBufferPacker stream : streams) {
                byte[] packed = stream.toByteArray();
                body.packBinaryHeader(packed.length);
                body.addPayload(packed);
            }
            return body.toByteArray();
        }
    }

    private void packShapes(MessageBufferPacker body) throws IOException {
        List<String> names = List.copyOf(tables.keySet());
        body.packArrayHeader(shapes.size());
        for (Shape shape : shapes.keySet()) {
            body.packArrayHeader(2).packInt(names.indexOf(shape.table));
            body.packArrayHeader(shape.writes.size());
            for (WriteShape write : shape.writes) {
                body.packArrayHeader(2).packInt(write.flags);
                body.packArrayHeader(write.columns.size());
                for (String column : write.columns) {
                    body.packInt(number(shape.table, column));
                }
            }
        }
    }
}
