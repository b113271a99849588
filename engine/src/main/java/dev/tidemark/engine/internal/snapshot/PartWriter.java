package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.NumberWriter;
import dev.tidemark.engine.internal.codec.StreamWriter;
import dev.tidemark.engine.internal.codec.ValueCodec;
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
 * Writes rows as one part of a snapshot. As in segments, values of each kind share a stream, which compresses well.
 * {@code docs/file-format.md} specifies the format. Not thread-safe.
 */
public final class PartWriter {
    static final int FLAG_DELETE = 1;
    static final int FLAG_SEEN = 2;
    static final int FLAG_EXISTS = 4;

    /** The writes of a row and the columns that each write set. Thousands of rows have the same few shapes. */
    private record Shape(String table, List<WriteShape> writes) {}

    private record WriteShape(int flags, List<String> columns) {}

    private final StreamWriter body = new StreamWriter();
    private final Map<Shape, Integer> shapes = new LinkedHashMap<>();
    private final Map<ReplicaId, Long> sequences = new HashMap<>();
    private final NumberWriter shapeStream = new NumberWriter();
    private final NumberWriter replicaStream = new NumberWriter();
    private final NumberWriter sequenceStream = new NumberWriter();
    private final NumberWriter timeStream = new NumberWriter();
    private final NumberWriter clockOffsetStream = new NumberWriter();
    private final MessageBufferPacker siblingStream = MessagePack.newDefaultBufferPacker();

    private long bytes;

    /** Returns the approximate number of bytes that were added, before compression. */
    long bytes() {
        return bytes;
    }

    void add(SnapshotRow row) throws IOException {
        bytes += row.size();
        shapeStream.add(number(shapeOf(row)));
        body.addRow(row.id());
        for (WinningWrite write : row.writes()) {
            ReplicaId replica = write.dot().replica();
            replicaStream.add(body.replica(replica));
            long before = sequences.getOrDefault(replica, 0L);
            sequenceStream.add(write.dot().sequence() - before);
            sequences.put(replica, write.dot().sequence());
            timeStream.add(write.hlcTime());
            clockOffsetStream.add(write.clockOffset());
            for (String column : write.columns()) {
                body.values(row.table(), column).add(row.values().get(column));
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
            write.columns.forEach(column -> body.column(shape.table, column));
        }
        body.addTable(shape.table);
        shapes.put(shape, shapes.size());
        return shapes.size() - 1;
    }

    private void addSiblings(SnapshotRow row) throws IOException {
        siblingStream.packArrayHeader(row.siblings().size());
        for (SiblingWrite sibling : row.siblings()) {
            siblingStream.packArrayHeader(7);
            int code = sibling.register().code();
            siblingStream.packInt(
                    sibling.register() == Register.COLUMN ? code + body.column(row.table(), sibling.column()) : code);
            siblingStream.packInt(body.replica(sibling.dot().replica()));
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
        body.addContext(siblingStream, context);
    }

    Snapshot.Part toPart() throws IOException {
        byte[] bytes = body.toBytes(
                this::packShapes,
                List.of(shapeStream, replicaStream, sequenceStream, timeStream, clockOffsetStream),
                siblingStream);
        return new Snapshot.Part(bytes.length, Compression.compress(bytes, Compression.Effort.NORMAL));
    }

    private void packShapes(MessageBufferPacker packer, List<String> tables) throws IOException {
        packer.packArrayHeader(shapes.size());
        for (Shape shape : shapes.keySet()) {
            packer.packArrayHeader(2).packInt(tables.indexOf(shape.table));
            packer.packArrayHeader(shape.writes.size());
            for (WriteShape write : shape.writes) {
                packer.packArrayHeader(2).packInt(write.flags);
                packer.packArrayHeader(write.columns.size());
                for (String column : write.columns) {
                    packer.packInt(body.column(shape.table, column));
                }
            }
        }
    }
}
