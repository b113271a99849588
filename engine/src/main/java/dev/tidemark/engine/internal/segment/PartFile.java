package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.buffer.ByteBufferInput;

/**
 * Encodes and verifies a snapshot part as a file. The header contains the part's owner and number.
 *
 * @param name the file's name
 * @param content the file's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made once, stored once
public record PartFile(PartName name, byte[] content) {
    /** The maximal size of a part in bytes. Longer files are not downloaded, because no writer makes them. */
    public static final long MAX_BYTES = FileFrame.MAX_PART;

    private static final int FIELDS = 6;

    /**
     * The snapshot that a part belongs to.
     *
     * @param library the library of the snapshot
     * @param epoch the library's epoch when the snapshot was made
     * @param clock the greatest clock value that the replica had seen when it made the snapshot
     * @param replica the replica that made the snapshot
     */
    public record Owner(UUID library, int epoch, long clock, ReplicaId replica) {}

    /** Encodes a part. Equal parts give equal bytes. */
    public static PartFile encode(Owner owner, int number, Snapshot.Part part) {
        try (MessageBufferPacker header = MessagePack.newDefaultBufferPacker()) {
            header.packMapHeader(FIELDS);
            packBytes(header, "library", ChangeCodec.bytesOf(owner.library()));
            header.packString("epoch").packInt(owner.epoch());
            packBytes(header, "replica", bytesOf(owner.replica()));
            header.packString("clock").packLong(owner.clock());
            header.packString("number").packInt(number);
            header.packString("length").packLong(part.length());
            byte[] content = FileFrame.wrap(FileFrame.KIND_PART, header.toByteArray(), part.content());
            return new PartFile(
                    new PartName(owner.clock(), owner.replica(), number, FileFrame.hashOf(content)), content);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }

    private static void packBytes(MessageBufferPacker packer, String key, byte[] bytes) throws IOException {
        packer.packString(key).packBinaryHeader(bytes.length).writePayload(bytes);
    }

    private static byte[] bytesOf(ReplicaId replica) {
        return ByteBuffer.allocate(Long.BYTES).putLong(replica.value()).array();
    }

    /**
     * Verifies a file against its checksum, its name and the expected owner.
     *
     * @throws DamagedFileException if the file does not match its checksum, name and owner, or is malformed
     * @throws NewerFormatException if a newer version wrote the file
     */
    public static Snapshot.Part read(PartName name, Owner owner, byte[] content) {
        String file = name.toString();
        FileFrame.Parts parts = FileFrame.unwrap(file, FileFrame.KIND_PART, content);
        try {
            HeaderFields header = HeaderFields.read(
                    MessagePack.newDefaultUnpacker(new ByteBufferInput(parts.header())),
                    parts.header().remaining());
            Owner storedOwner = new Owner(
                    ChangeCodec.idOf(header.bytes("library", 16)),
                    Math.toIntExact(header.number("epoch")),
                    header.number("clock"),
                    new ReplicaId(
                            ByteBuffer.wrap(header.bytes("replica", Long.BYTES)).getLong()));
            PartName storedName = new PartName(
                    storedOwner.clock(), storedOwner.replica(), Math.toIntExact(header.number("number")), parts.hash());
            if (!storedOwner.equals(owner) || !storedName.equals(name)) {
                throw new DamagedFileException(file, Problem.FILE_RENAMED);
            }
            FileFrame.requireContent(file, header.number("length"), FileFrame.MAX_PART);
            byte[] body = new byte[parts.body().remaining()];
            parts.body().get(body);
            return new Snapshot.Part(header.number("length"), body);
        } catch (FormatException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        } catch (IOException | MessagePackException | IllegalArgumentException | ArithmeticException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        }
    }
}
