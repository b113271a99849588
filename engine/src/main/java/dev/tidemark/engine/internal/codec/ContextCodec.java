package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * Encodes a causal context as {@code [[replica, sequence, …], [replica, sequence, …]]}: the version vector and the
 * unseen changes. Replicas are written as numbers.
 */
public final class ContextCodec {
    private ContextCodec() {}

    /** @param number returns the number of a replica */
    public static void write(MessagePacker packer, CausalContext context, ToIntFunction<ReplicaId> number)
            throws IOException {
        packer.packArrayHeader(2);
        Map<ReplicaId, Long> heads = context.vector().heads();
        packer.packArrayHeader(2 * heads.size());
        for (Map.Entry<ReplicaId, Long> head : heads.entrySet()) {
            packer.packInt(number.applyAsInt(head.getKey())).packLong(head.getValue());
        }
        packer.packArrayHeader(2 * context.unseen().size());
        for (Dot dot : context.unseen()) {
            packer.packInt(number.applyAsInt(dot.replica())).packLong(dot.sequence());
        }
    }

    /** Encodes a context on its own, as {@code tm_sibling} stores it. */
    public static byte[] pack(CausalContext context, Dictionary dictionary) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            write(packer, context, dictionary::replica);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decodes a context that {@link #pack} has encoded. */
    public static CausalContext unpack(byte[] packed, Dictionary dictionary) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(packed)) {
            return read(unpacker, dictionary::replicaId, Integer.MAX_VALUE, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws FormatException if the bytes are not a context, or it has more replicas or unseen changes than allowed
     */
    static CausalContext read(MessageUnpacker unpacker, IntFunction<ReplicaId> replica, int replicas, int unseen)
            throws IOException {
        StreamReader.requireLength(unpacker.unpackArrayHeader(), 2, "a context");
        Map<ReplicaId, Long> heads = new TreeMap<>();
        for (int left = FormatLimits.require(pairs(unpacker), replicas, "replicas"); left > 0; left--) {
            heads.put(replica.apply(unpacker.unpackInt()), unpacker.unpackLong());
        }
        Set<Dot> dots = new TreeSet<>();
        for (int left = FormatLimits.require(pairs(unpacker), unseen, "unseen changes"); left > 0; left--) {
            dots.add(new Dot(replica.apply(unpacker.unpackInt()), unpacker.unpackLong()));
        }
        return new CausalContext(VersionVector.of(heads), dots);
    }

    static int pairs(MessageUnpacker unpacker) throws IOException {
        int length = unpacker.unpackArrayHeader();
        if (length % 2 != 0) {
            throw new FormatException("expected pairs, but found an odd number");
        }
        return length / 2;
    }
}
