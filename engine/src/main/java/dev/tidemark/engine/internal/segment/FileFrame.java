package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes and verifies the frame of binary files, which has a fixed prefix, a header, a body and a checksum at the end.
 * Later versions keep the prefix and the checksum in place, so that a reader can distinguish a newer file from a
 * damaged one.
 */
final class FileFrame {
    /** Like PNG's signature: no text file begins with it, and a conversion of line endings damages it. */
    static final byte[] MAGIC = {(byte) 0x89, 'T', 'I', 'D', 'E', '\r', '\n', 0x1a};

    static final int VERSION = 1;
    static final int KIND_SEGMENT = 1;
    static final int KIND_PART = 2;

    /** The maximal size in bytes of a segment of several changes. Writers make segments of at most half this size. */
    static final long MAX_SEGMENT_BYTES = 16L << 20;

    /**
     * The maximal content of a segment of several changes, in bytes before compression. Without this limit, a few
     * megabytes of compressed zeros, or a forged file, could decompress to gigabytes.
     */
    static final long MAX_CONTENT = 64L << 20;

    /** The bytes that a change may need beside its values: for structure, causal context, and multi-byte UTF-8. */
    private static final long MAX_BESIDE_VALUES = 1L << 20;

    /**
     * The maximal length of a snapshot part in bytes, before and after compression. A part holds at least a whole row,
     * which may have several large values.
     */
    static final long MAX_PART = Compression.MAX_LENGTH;

    private static final int CHECKSUM_BYTES = 32;
    private static final int PREFIX_BYTES = MAGIC.length + 2 + 2 + 8 + 4;

    /** The number of bytes of the checksum that a file's name contains. */
    private static final int NAMED_CHECKSUM_BYTES = 16;

    private FileFrame() {}

    /** The parts of a verified file. */
    record Parts(ByteBuffer header, ByteBuffer body, String hash) {}

    static byte[] wrap(int kind, byte[] header, byte[] body) {
        int length = Math.addExact(PREFIX_BYTES + CHECKSUM_BYTES, Math.addExact(header.length, body.length));
        ByteBuffer file = ByteBuffer.allocate(length)
                .put(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) kind)
                .putLong(length)
                .putInt(header.length)
                .put(header)
                .put(body);
        MessageDigest digest = ContentHash.sha256();
        digest.update(file.array(), 0, length - CHECKSUM_BYTES);
        return file.put(digest.digest()).array();
    }

    /** Returns the hash in the name of a file, which is the first half of the file's checksum in hex. */
    static String hashOf(byte[] file) {
        int start = file.length - CHECKSUM_BYTES;
        return HexFormat.of().formatHex(file, start, start + NAMED_CHECKSUM_BYTES);
    }

    /**
     * @throws DamagedFileException if the file is truncated or changed, or not of this kind
     * @throws NewerFormatException if the file is intact, but of a later version
     */
    static Parts unwrap(String name, int kind, byte[] file) {
        if (file.length < PREFIX_BYTES + CHECKSUM_BYTES
                || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DamagedFileException(name, Problem.FILE_NOT_OURS);
        }
        ByteBuffer prefix = ByteBuffer.wrap(file, MAGIC.length, PREFIX_BYTES - MAGIC.length);
        int version = Short.toUnsignedInt(prefix.getShort());
        int foundKind = Short.toUnsignedInt(prefix.getShort());
        long length = prefix.getLong();
        int headerLength = prefix.getInt();
        if (length != file.length) {
            throw new DamagedFileException(name, Problem.FILE_INCOMPLETE);
        }
        int bodyEnd = file.length - CHECKSUM_BYTES;
        MessageDigest digest = ContentHash.sha256();
        digest.update(file, 0, bodyEnd);
        if (!MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(file, bodyEnd, file.length))) {
            throw new DamagedFileException(name, Problem.FILE_CHECKSUM);
        }
        if (version > VERSION) {
            throw new NewerFormatException(name, version);
        }
        if (version < 1 || foundKind != kind || headerLength < 0 || headerLength > bodyEnd - PREFIX_BYTES) {
            throw new DamagedFileException(name, Problem.FILE_OTHER_KIND);
        }
        int bodyStart = PREFIX_BYTES + headerLength;
        return new Parts(
                ByteBuffer.wrap(file, PREFIX_BYTES, headerLength).slice(),
                ByteBuffer.wrap(file, bodyStart, bodyEnd - bodyStart).slice(),
                hashOf(file));
    }

    /**
     * Rejects content that is larger than writers make, or that needs more than half of the heap. An error recorded for
     * this file delays only its changes; running out of memory during a sync would delay all changes.
     *
     * @param most the maximal content of such a file, in bytes before compression
     * @throws DamagedFileException if the file claims more
     */
    static void requireContent(String name, long claimed, long most) {
        if (claimed > most) {
            throw new DamagedFileException(name, Problem.FILE_TOO_LARGE);
        }
        if (claimed > Runtime.getRuntime().maxMemory() / 2) {
            throw new DamagedFileException(name, Problem.FILE_NO_MEMORY);
        }
    }

    /**
     * Returns the maximal content of a segment, in bytes before compression. The limit is higher for a single change,
     * which cannot be split.
     */
    static long mostContent(boolean isOneChange) {
        return isOneChange ? FormatLimits.CHANGE_BYTES + MAX_BESIDE_VALUES : MAX_CONTENT;
    }
}
