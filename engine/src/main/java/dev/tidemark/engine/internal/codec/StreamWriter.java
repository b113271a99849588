package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ReplicaId;
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
 * The parts that segments, blocks and snapshot parts share: numbers of replicas, tables and columns, and a stream of
 * values for each column. Row ids take two streams, because the first six bytes of a UUIDv7 are a slowly rising time
 * and the other ten are random and do not compress. {@code docs/file-format.md} has the format. Not thread-safe.
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
    private final Map<Column, MessageBufferPacker> values = new HashMap<>();
    private final MessageBufferPacker rowHeads = MessagePack.newDefaultBufferPacker();
    private final MessageBufferPacker rowTails = MessagePack.newDefaultBufferPacker();
    private final byte[] rowTail = new byte[10];
    private long rowHead;

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

    public MessageBufferPacker values(String table, String column) {
        return values.computeIfAbsent(new Column(table, column), key -> MessagePack.newDefaultBufferPacker());
    }

    /** Writes a context that names replicas by number. */
    public void addContext(MessageBufferPacker stream, CausalContext context) throws IOException {
        ContextCodec.write(stream, context, this::replica);
    }

    public void addRow(UUID id) throws IOException {
        long most = id.getMostSignificantBits();
        long next = most >>> 16;
        rowHeads.packLong(next - rowHead);
        rowHead = next;
        rowTail[0] = (byte) (most >>> 8);
        rowTail[1] = (byte) most;
        for (int index = 0; index < 8; index++) {
            rowTail[2 + index] = (byte) (id.getLeastSignificantBits() >>> (56 - 8 * index));
        }
        rowTails.writePayload(rowTail);
    }

    /** Returns the stream with the first six bytes of each id as a number, minus that of the previous id. */
    public MessageBufferPacker rowHeads() {
        return rowHeads;
    }

    /** Returns the stream with the last ten bytes of each id. */
    public MessageBufferPacker rowTails() {
        return rowTails;
    }

    /** Returns all that was added: replicas, tables, shapes, then these streams and those of the columns. */
    public byte[] toBytes(Shapes shapes, MessageBufferPacker... fixed) throws IOException {
        List<MessageBufferPacker> streams = new ArrayList<>(List.of(fixed));
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
                    streams.add(values(table.getKey(), column));
                }
            }
            shapes.pack(body, List.copyOf(tables.keySet()));
            for (MessageBufferPacker stream : streams) {
                byte[] bytes = stream.toByteArray();
                body.packBinaryHeader(bytes.length);
                body.addPayload(bytes);
            }
            return body.toByteArray();
        }
    }
}
