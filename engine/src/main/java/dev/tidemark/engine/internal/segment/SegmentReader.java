package dev.tidemark.engine.internal.segment;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.ColumnarReader;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.buffer.ByteBufferInput;

/**
 * Reads a segment change by change. It validates every length and every number, because anyone with write access to the
 * storage may have written the file. Not thread-safe.
 */
public final class SegmentReader {
    /**
     * The maximal content of a segment of several changes, in bytes before compression. Larger segments are not read.
     */
    public static final long MAX_CONTENT = FileFrame.MAX_CONTENT;

    /**
     * Returns the maximal size of the file of this name. Longer files are not downloaded, because no writer makes them.
     */
    public static long mostBytes(SegmentName name) {
        return name.first() == name.last() ? FileFrame.mostContent(true) : FileFrame.MAX_SEGMENT_BYTES;
    }

    private static final MessagePack.UnpackerConfig STRICT = new MessagePack.UnpackerConfig()
            .withActionOnMalformedString(CodingErrorAction.REPORT)
            .withActionOnUnmappableString(CodingErrorAction.REPORT);

    private final String file;
    private final SegmentHeader header;
    private final ColumnarReader streams;
    private final long contentLength;
    private final ChainDigest digest = new ChainDigest();
    private ChainHash chain;
    private long next;
    private long erased;

    private SegmentReader(String file, SegmentHeader header, ColumnarReader streams, long contentLength) {
        this.file = file;
        this.header = header;
        this.contentLength = contentLength;
        this.streams = streams;
        this.next = header.first();
        this.chain = header.before();
    }

    /**
     * Verifies a segment against its checksum and its name, and prepares to read it.
     *
     * @throws DamagedFileException if the file does not match its checksum or name, or is malformed
     * @throws NewerFormatException if a newer version wrote the file
     */
    public static SegmentReader open(SegmentName name, byte[] content) {
        String file = name.toString();
        FileFrame.Parts parts = FileFrame.unwrap(file, FileFrame.KIND_SEGMENT, content);
        try {
            SegmentHeader.Decoded decoded = SegmentHeader.decode(
                    STRICT.newUnpacker(new ByteBufferInput(parts.header())),
                    parts.header().remaining());
            SegmentHeader header = decoded.header();
            if (!name.equals(header.name(parts.hash()))) {
                throw new DamagedFileException(file, Problem.FILE_RENAMED);
            }
            FileFrame.requireContent(
                    file, decoded.bodyLength(), FileFrame.mostContent(header.first() == header.last()));
            byte[] body = Compression.decompress(parts.body(), decoded.bodyLength());
            return new SegmentReader(file, header, ColumnarReader.read(body, STRICT), body.length);
        } catch (FormatException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        } catch (IOException | MessagePackException | IllegalArgumentException | ArithmeticException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        }
    }

    public SegmentHeader header() {
        return header;
    }

    /** Returns the length of the content in bytes before compression. */
    public long contentLength() {
        return contentLength;
    }

    /**
     * Returns the chain hash at the change that {@link #next} returned last. Before the first call, returns the
     * header's hash.
     */
    public ChainHash chain() {
        return chain;
    }

    /**
     * Returns the next change; {@code null} after the last.
     *
     * @throws DamagedFileException if the change is malformed although the file's checksum is right, if there is not
     *     enough memory to read the change, or if, after the last change, the chain hash or the number of erased
     *     changes differs from the name
     */
    public @Nullable Change next() {
        try {
            if (next > header.last()) {
                streams.requireEnd();
                if (!chain.equals(header.after()) || erased != header.erased()) {
                    throw new DamagedFileException(file, Problem.FILE_MALFORMED);
                }
                return null;
            }
            Change change = streams.next(new Dot(header.replica(), next));
            if (ChangeSize.of(change) > FormatLimits.CHANGE_BYTES) {
                throw new DamagedFileException(file, Problem.FILE_TOO_LARGE);
            }
            if (ChangeSize.of(change) > FormatLimits.maxReadableBytes()) {
                throw new DamagedFileException(file, Problem.FILE_NO_MEMORY);
            }
            next++;
            chain = digest.next(chain, change);
            erased += change.kind() == Change.Kind.ERASED ? 1 : 0;
            return change;
        } catch (OutOfMemoryError e) {
            throw new DamagedFileException(file, Problem.FILE_NO_MEMORY, e);
        } catch (FormatException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        } catch (IOException | MessagePackException | IllegalArgumentException | ArithmeticException e) {
            throw new DamagedFileException(file, Problem.FILE_MALFORMED, e);
        }
    }
}
