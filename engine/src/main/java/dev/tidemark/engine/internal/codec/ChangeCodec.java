package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * Encodes consecutive changes of one replica, each as one MessagePack array:
 *
 * <pre>[kind, table, row, time, offset, context, cells, position]</pre>
 *
 * <ul>
 *   <li>{@code kind}: 0 insert, 1 update, 2 delete
 *   <li>{@code table}: number in the dictionary
 *   <li>{@code row}: bin of 16 bytes
 *   <li>{@code time}: HLC clock value minus that of the previous change; in the first change, the clock value
 *   <li>{@code offset}: milliseconds of the HLC timestamp minus the wall time
 *   <li>{@code context}: nil if equal to that of the previous change, or if empty in the first change; else {@code
 *       [[replica, sequence, …], [replica, sequence, …]]}: the version vector and the unseen changes
 *   <li>{@code cells}: {@code [column, value, …]}
 *   <li>{@code position}: how many changes of its transaction precede it; left out if 0
 * </ul>
 *
 * <p>Sequence numbers are implicit: they continue from that of the first change. One instance writes or reads one run
 * of changes. Not thread-safe.
 */
public final class ChangeCodec {
    private static final int FIELDS = 7;
    public static final int ID_BYTES = 16;

    private final Dictionary dictionary;
    private final ReplicaId replica;
    private long sequence;
    private long time;
    private CausalContext context = CausalContext.EMPTY;

    /** @param first the sequence number of the first change of the run */
    public ChangeCodec(Dictionary dictionary, ReplicaId replica, long first) {
        this.dictionary = dictionary;
        this.replica = replica;
        this.sequence = first - 1;
    }

    public void write(MessagePacker packer, Change change) throws IOException {
        sequence++;
        if (!change.dot().replica().equals(replica) || change.dot().sequence() != sequence) {
            throw new IllegalArgumentException(
                    "Change " + change.dot() + " is not number " + sequence + " of this run");
        }
        int table = dictionary.table(change.table());
        long position = positionOf(change);
        packer.packArrayHeader(position == 0 ? FIELDS : FIELDS + 1);
        packer.packInt(change.kind().code());
        packer.packInt(table);
        packer.packBinaryHeader(ID_BYTES);
        packer.writePayload(bytesOf(change.row()));
        packer.packLong(change.hlcTime() - time);
        packer.packLong(change.timestamp().millis() - change.wallMillis());
        writeContext(packer, change.context());
        packer.packArrayHeader(2 * change.values().size());
        for (Map.Entry<String, @Nullable Object> cell : change.values().entrySet()) {
            packer.packInt(dictionary.column(table, cell.getKey()));
            ValueCodec.write(packer, cell.getValue());
        }
        if (position > 0) {
            packer.packLong(position);
        }
        time = change.hlcTime();
    }

    private void writeContext(MessagePacker packer, CausalContext next) throws IOException {
        if (next.equals(context)) {
            packer.packNil();
            return;
        }
        ContextCodec.write(packer, next, dictionary::replica);
        context = next;
    }

    /** Returns how many changes of its transaction precede a change. */
    static long positionOf(Change change) {
        return change.dot().sequence() - change.transaction();
    }

    /** Reads the next change of the run. */
    public Change read(MessageUnpacker unpacker) {
        try {
            return readFields(unpacker);
        } catch (IOException | MessagePackException | IllegalArgumentException e) {
            throw new FormatException("change " + (sequence + 1) + " of " + replica + " cannot be read: " + e, e);
        }
    }

    private Change readFields(MessageUnpacker unpacker) throws IOException {
        int fields = unpacker.unpackArrayHeader();
        if (fields != FIELDS && fields != FIELDS + 1) {
            throw new FormatException(
                    "a change has " + FIELDS + " or " + (FIELDS + 1) + " fields, but found " + fields);
        }
        Change.Kind kind = Change.Kind.of(unpacker.unpackInt());
        int table = unpacker.unpackInt();
        UUID row = idOf(ValueCodec.readBytes(unpacker, ID_BYTES));
        long changeTime = Math.addExact(time, unpacker.unpackLong());
        long clockOffset = unpacker.unpackLong();
        readContext(unpacker);
        Map<String, @Nullable Object> values = readCells(unpacker, table);
        long position = fields == FIELDS ? 0 : unpacker.unpackLong();
        sequence++;
        time = changeTime;
        return new Change(
                new Dot(replica, sequence),
                Math.subtractExact(sequence, position),
                changeTime,
                (changeTime >>> HlcTimestamp.COUNTER_BITS) - clockOffset,
                context,
                kind,
                dictionary.tableName(table),
                row,
                values);
    }

    private void readContext(MessageUnpacker unpacker) throws IOException {
        if (!unpacker.tryUnpackNil()) {
            context = ContextCodec.read(unpacker, dictionary::replicaId, Integer.MAX_VALUE, Integer.MAX_VALUE);
        }
    }

    private Map<String, @Nullable Object> readCells(MessageUnpacker unpacker, int table) throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int pair = ContextCodec.pairs(unpacker); pair > 0; pair--) {
            values.put(dictionary.columnName(table, unpacker.unpackInt()), ValueCodec.read(unpacker));
        }
        return values;
    }

    /** Returns the 16 bytes of an id, most significant first. */
    public static byte[] bytesOf(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Reads an id written by {@link #bytesOf}. */
    public static UUID idOf(byte[] bytes) {
        if (bytes.length != ID_BYTES) {
            throw new FormatException("a row's id has 16 bytes, but found " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
