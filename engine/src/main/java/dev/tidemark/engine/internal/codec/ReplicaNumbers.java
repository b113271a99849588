package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;

/** Numbers replicas from 0 in order of first use. Not thread-safe. */
public final class ReplicaNumbers {
    private final Map<ReplicaId, Integer> numbers = new LinkedHashMap<>();

    /** Returns the replica's number, assigning the next one on first use. */
    public int of(ReplicaId replica) {
        Integer known = numbers.putIfAbsent(replica, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** Writes a context that names replicas by number. */
    public void pack(CausalContext context, MessageBufferPacker stream) throws IOException {
        stream.packArrayHeader(2);
        stream.packArrayHeader(2 * context.vector().heads().size());
        for (Map.Entry<ReplicaId, Long> head : context.vector().heads().entrySet()) {
            stream.packInt(of(head.getKey())).packLong(head.getValue());
        }
        stream.packArrayHeader(2 * context.unseen().size());
        for (Dot dot : context.unseen()) {
            stream.packInt(of(dot.replica())).packLong(dot.sequence());
        }
    }

    /** Writes the ids of all replicas, ordered by number. */
    public void pack(MessageBufferPacker stream) throws IOException {
        stream.packArrayHeader(numbers.size());
        for (ReplicaId replica : numbers.keySet()) {
            stream.packLong(replica.value());
        }
    }
}
