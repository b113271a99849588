package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * Writes the parts that segments, blocks and snapshot parts share: numbers of replicas, tables and columns, and a
 * stream of values for each column. Row ids take three streams: a UUIDv7 has six bytes of slowly rising time, then two
 * bytes with a version and often a counter, then eight mostly random bytes. See {@code docs/file-format.md}. Not
 * thread-safe.
 */
public final class StreamWriter {
    private record Column(String table, String name) {}

    /** Writes the shapes, which follow the tables. */
    public interface Shapes {
        /** @param tables the names of the tables in the order of their numbers */
        void pack(MessageBufferPacker body, List<String> tables) throws IOException;
    }

    private final Map<ReplicaId, Integer> replicas = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> tables = new LinkedHashMap<>();
    private final Map<Column, ColumnWriter> values = new HashMap<>();
    private final NumberWriter rowTimes = new NumberWriter();
    private final NumberWriter rowCounters = new NumberWriter();
    private final ByteArrayOutputStream rowTails = new ByteArrayOutputStream();

    /** Returns the replica's number, assigning the next one on first use. */
    public int replica(ReplicaId replica) {
        Integer known = replicas.putIfAbsent(replica, replicas.size());
        return known == null ? replicas.size() - 1 : known;
    }

    /** Assigns a number to the table, if it has none. */
    public void addTable(String table) {
        tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
    }

    /** Returns the column's number within its table, assigning the next one on first use. */
    public int column(String table, String column) {
        Map<String, Integer> columns = tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
        Integer known = columns.putIfAbsent(column, columns.size());
        return known == null ? columns.size() - 1 : known;
    }

    public ColumnWriter values(String table, String column) {
        return values.computeIfAbsent(new Column(table, column), key -> new ColumnWriter());
    }

    /** Writes a context that names replicas by number. */
    public void addContext(MessageBufferPacker stream, CausalContext context) throws IOException {
        ContextCodec.write(stream, context, this::replica);
    }

    public void addRow(UUID id) {
        long most = id.getMostSignificantBits();
        rowTimes.add(most >>> 16);
        rowCounters.add(most & 0xffff);
        long least = id.getLeastSignificantBits();
        for (int shift = Long.SIZE - 8; shift >= 0; shift -= 8) {
            rowTails.write((int) (least >>> shift));
        }
    }

    /**
     * Returns everything that was added, in the order of replicas, tables, shapes and streams.
     *
     * @param numbers the caller's streams of numbers, which come first
     * @param packed the caller's stream of MessagePack, which follows the streams of numbers
     */
    public byte[] toBytes(Shapes shapes, List<NumberWriter> numbers, MessageBufferPacker packed) throws IOException {
        List<byte[]> streams = new ArrayList<>();
        List<byte[]> texts = new ArrayList<>();
        numbers.forEach(stream -> streams.add(stream.toBytes()));
        streams.add(packed.toByteArray());
        streams.add(rowTimes.toBytes());
        streams.add(rowCounters.toBytes());
        try (MessageBufferPacker body = MessagePack.newDefaultBufferPacker()) {
            body.packArrayHeader(replicas.size());
            for (ReplicaId replica : replicas.keySet()) {
                body.packLong(replica.value());
            }
            body.packArrayHeader(tables.size());
            for (Map.Entry<String, Map<String, Integer>> table : tables.entrySet()) {
                body.packArrayHeader(2).packString(table.getKey());
                body.packArrayHeader(table.getValue().size());
                for (String column : table.getValue().keySet()) {
                    body.packString(column);
                    ColumnWriter written = values(table.getKey(), column);
                    streams.add(written.toBytes());
                    texts.add(written.texts());
                }
            }
            shapes.pack(body, List.copyOf(tables.keySet()));
            // Numbers compress better next to numbers, and texts next to texts. Random bytes come last.
            streams.addAll(texts);
            streams.add(rowTails.toByteArray());
            for (byte[] stream : streams) {
                body.packBinaryHeader(stream.length);
                body.addPayload(stream);
            }
            return body.toByteArray();
        }
    }
}
