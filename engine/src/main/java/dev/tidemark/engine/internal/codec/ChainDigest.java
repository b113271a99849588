package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Computes the hash chain of a replica's changes. To get the next hash, it concatenates the hash before and the
 * change's digest, and takes the first half of their SHA-256. The digest is the first half of the SHA-256 of the
 * change, encoded as {@code docs/file-format.md} describes. The encoding depends neither on a dictionary nor on the
 * order of columns, so a change has the same digest in every file. An erased change contains only its digest. Not
 * thread-safe.
 */
public final class ChainDigest {
    private static final int FIELDS = 9;

    private final MessageDigest sha256 = sha256();
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private CausalContext context = CausalContext.EMPTY;
    private byte[] packedContext = {};

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns the hash before a replica's first change. */
    public static ChainHash start(ReplicaId replica) {
        return firstHalf(sha256().digest(("tidemark/v1/chain " + replica).getBytes(StandardCharsets.US_ASCII)));
    }

    private static ChainHash firstHalf(byte[] digest) {
        ByteBuffer buffer = ByteBuffer.wrap(digest);
        return new ChainHash(buffer.getLong(), buffer.getLong());
    }

    /** Returns the hash at this change. */
    public ChainHash next(ChainHash before, Change change) {
        byte[] digest = digest(change);
        sha256.update(before.toBytes());
        sha256.update(digest, 0, ChainHash.BYTES);
        return firstHalf(sha256.digest());
    }

    /** Returns an insert or update with its digest instead of its values. Returns another change as it is. */
    public Change erased(Change change) {
        return switch (change.kind()) {
            case INSERT, UPDATE -> change.erased(Arrays.copyOf(digest(change), ChainHash.BYTES));
            case DELETE, SCHEMA, ERASED -> change;
        };
    }

    /** Returns whether two changes have the same digest. Either may have lost its values. */
    public boolean areEqual(Change one, Change other) {
        return Arrays.equals(digest(one), 0, ChainHash.BYTES, digest(other), 0, ChainHash.BYTES);
    }

    /** Returns the digest in the first {@link ChainHash#BYTES} bytes. */
    private byte[] digest(Change change) {
        if (change.kind() == Change.Kind.ERASED && change.values().get("digest") instanceof byte[] digest) {
            return digest;
        }
        try {
            packer.clear();
            pack(change);
            sha256.update(packer.toMessageBuffer().sliceAsByteBuffer());
            return sha256.digest();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }

    private void pack(Change change) throws IOException {
        packer.packArrayHeader(FIELDS).packInt(change.kind().code()).packString(change.table());
        packer.packBinaryHeader(ChangeCodec.ID_BYTES).writePayload(ChangeCodec.bytesOf(change.row()));
        packer.packLong(change.hlcTime()).packLong(change.wallMillis()).packLong(ChangeCodec.positionOf(change));
        packContext(change.context());
        packer.packArrayHeader(2 * change.values().size());
        String[] columns = change.values().keySet().toArray(String[]::new);
        Arrays.sort(columns);
        for (String column : columns) {
            packer.packString(column);
            ValueCodec.write(packer, change.values().get(column));
        }
    }

    /** Packs the context only if it is another object than that of the change before, because most changes share it. */
    @SuppressWarnings("ReferenceEquality")
    private void packContext(CausalContext next) throws IOException {
        if (next != context || packedContext.length == 0) {
            packedContext = packed(next);
            context = next;
        }
        packer.writePayload(packedContext);
    }

    private static byte[] packed(CausalContext context) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            Map<ReplicaId, Long> heads = context.vector().heads();
            packer.packArrayHeader(2 * heads.size());
            for (Map.Entry<ReplicaId, Long> head : heads.entrySet()) {
                pack(packer, head.getKey(), head.getValue());
            }
            packer.packArrayHeader(2 * context.unseen().size());
            for (Dot dot : context.unseen()) {
                pack(packer, dot.replica(), dot.sequence());
            }
            return packer.toByteArray();
        }
    }

    private static void pack(MessagePacker packer, ReplicaId replica, long sequence) throws IOException {
        packer.packLong(replica.value()).packLong(sequence);
    }
}
