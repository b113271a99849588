package dev.tidemark.engine.internal.codec;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Compresses and decompresses Zstandard frames (RFC 8878) of known uncompressed length. Writers produce one frame, with
 * a checksum and without a dictionary. Readers refuse everything else before they call native code.
 */
public final class Compression {
    /** How much time compression may take. Decision 73 has the measurements. */
    public enum Effort {
        /** For changes within a commit. */
        FAST(1),
        /** For segments and snapshots, which many devices download. */
        NORMAL(6),
        /** For blocks that are rewritten, mostly in idle time. */
        TIGHT(9);

        private final int level;

        Effort(int level) {
            this.level = level;
        }
    }

    /** The maximal length of content in bytes before compression. */
    public static final long MAX_LENGTH = 4 * FormatLimits.CHANGE_BYTES;

    /**
     * Inputs with more bytes than this are compressed in pieces outside the heap. While native code reads an array in
     * the heap, it blocks garbage collection, and other threads wait.
     */
    private static final int PIECE_BYTES = 256 << 10;

    private static final int MAGIC = 0xfd2fb528;
    /** The low five bits of a frame's descriptor: a checksum, and no dictionary. */
    private static final int WITH_CHECKSUM = 0x04;

    private static final int CHECKSUM_BYTES = 4;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int BLOCK_RLE = 1;
    private static final int BLOCK_RESERVED = 3;

    /** The maximal length of a block in bytes before compression. */
    private static final int BLOCK_BYTES = 128 << 10;

    /** The greatest window in bytes. A streaming reader must keep that many bytes in memory. */
    private static final long WINDOW_BYTES = 8L << 20;

    /**
     * Contexts for reuse, because creating a context takes longer than decompressing a block. There are no more
     * contexts than threads.
     */
    private static final Queue<ZstdDecompressCtx> IDLE = new ConcurrentLinkedQueue<>();

    private Compression() {}

    /** Compresses the bytes into one frame. */
    public static byte[] compress(byte[] bytes, Effort effort) {
        if (bytes.length > PIECE_BYTES) {
            return compressInPieces(bytes, effort);
        }
        byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(bytes.length))];
        long length = Zstd.compressByteArray(frame, 0, frame.length, bytes, 0, bytes.length, effort.level, true);
        return Arrays.copyOf(frame, (int) length);
    }

    private static byte[] compressInPieces(byte[] bytes, Effort effort) {
        ByteBuffer in = ByteBuffer.allocateDirect(PIECE_BYTES);
        ByteBuffer out = ByteBuffer.allocateDirect(PIECE_BYTES);
        byte[] piece = new byte[PIECE_BYTES];
        ByteArrayOutputStream frame = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(effort.level);
            context.setChecksum(true);
            context.setPledgedSrcSize(bytes.length);
            for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
                int count = Math.min(PIECE_BYTES, bytes.length - from);
                in.clear().put(bytes, from, count).flip();
                boolean isLast = from + count == bytes.length;
                boolean isFlushed;
                do {
                    out.clear();
                    isFlushed = context.compressDirectByteBufferStream(
                            out, in, isLast ? EndDirective.END : EndDirective.CONTINUE);
                    out.flip();
                    int written = out.remaining();
                    out.get(piece, 0, written);
                    frame.write(piece, 0, written);
                } while (in.hasRemaining() || (isLast && !isFlushed));
            }
            return frame.toByteArray();
        }
    }

    /**
     * Decompresses one frame. Allocates memory only if the frame declares this length and its blocks can contain that
     * many bytes.
     *
     * @throws FormatException if the bytes are not one frame of exactly that length
     */
    public static byte[] decompress(ByteBuffer compressed, long length) {
        byte[] frame = new byte[compressed.remaining()];
        compressed.duplicate().get(frame);
        if (length < 0 || length > MAX_LENGTH || declaredLength(frame) != length) {
            throw new FormatException("it claims " + length + " bytes of content");
        }
        byte[] bytes = new byte[(int) length];
        ZstdDecompressCtx idle = IDLE.poll();
        ZstdDecompressCtx context = idle == null ? new ZstdDecompressCtx() : idle;
        try {
            if (context.decompressByteArray(bytes, 0, bytes.length, frame, 0, frame.length) != length) {
                throw new FormatException("its content does not have the length that it claims");
            }
            return bytes;
        } catch (ZstdException e) {
            throw new FormatException("its content cannot be decompressed", e);
        } finally {
            IDLE.add(context);
        }
    }

    /** Checks the header and the block lengths of a frame, and returns the content length that it declares. */
    private static long declaredLength(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 2 * Integer.BYTES || in.getInt() != MAGIC) {
            throw new FormatException("its content is no zstd frame");
        }
        int descriptor = Byte.toUnsignedInt(in.get());
        int lengthFlag = descriptor >>> 6;
        boolean single = (descriptor & 0x20) != 0;
        if ((descriptor & 0x1f) != WITH_CHECKSUM || (lengthFlag == 0 && !single)) {
            throw new FormatException("its zstd frame lacks its length or checksum, or has more than those");
        }
        if (!single) {
            int window = Byte.toUnsignedInt(in.get());
            if ((8L + (window & 7)) << (7 + (window >>> 3)) > WINDOW_BYTES) {
                throw new FormatException("its zstd frame needs a window of more than 8 MiB");
            }
        }
        int lengthBytes = 1 << lengthFlag;
        if (in.remaining() < lengthBytes) {
            throw new FormatException("its zstd frame ends in its header");
        }
        long length = switch (lengthFlag) {
            case 0 -> Byte.toUnsignedInt(in.get());
            case 1 -> 256 + Short.toUnsignedInt(in.getShort());
            case 2 -> Integer.toUnsignedLong(in.getInt());
            default -> in.getLong();
        };
        if (length > mostOfBlocks(in)) {
            throw new FormatException("its zstd frame declares more than its blocks can hold");
        }
        return length;
    }

    /** Reads the block headers up to the end of the frame, and returns the most bytes that the blocks can contain. */
    private static long mostOfBlocks(ByteBuffer in) {
        long most = 0;
        boolean last = false;
        while (!last) {
            if (in.remaining() < BLOCK_HEADER_BYTES) {
                throw new FormatException("its zstd frame ends early");
            }
            int header = Short.toUnsignedInt(in.getShort()) | Byte.toUnsignedInt(in.get()) << 16;
            last = (header & 1) != 0;
            int type = header >>> 1 & 3;
            int stored = type == BLOCK_RLE ? 1 : header >>> 3;
            if (type == BLOCK_RESERVED || stored > in.remaining()) {
                throw new FormatException("its zstd frame has a malformed block");
            }
            in.position(in.position() + stored);
            most += BLOCK_BYTES;
        }
        if (in.remaining() != CHECKSUM_BYTES) {
            throw new FormatException("its zstd frame does not end with a checksum");
        }
        return most;
    }
}
