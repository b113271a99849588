package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;

/** Small numbers for replicas, from 0 in the order in which they are met. Not thread-safe. */
public final class ReplicaNumbers {
    private final Map<ReplicaId, Integer> numbers = new LinkedHashMap<>();

    /** The replica's number. */
    public int of(ReplicaId replica) {
        Integer known = numbers.putIfAbsent(replica, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** Writes a context with numbers for its replicas. */
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

    /** Writes which replicas there are, by number. */
    public void pack(MessageBufferPacker stream) throws IOException {
        stream.packArrayHeader(numbers.size());
        for (ReplicaId replica : numbers.keySet()) {
            stream.packLong(replica.value());
        }
    }
}
