package dev.tidemark.engine.internal.salvage;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * A copy of a damaged database with the committed pages of its WAL in place. SQLite cannot make it: it refuses to open
 * some damaged files, and a WAL checkpoint would change the original. The copy is not in WAL mode. Immutable.
 *
 * @param pageSize the size of a page in bytes
 * @param unread see {@link WalFrames#unread}
 */
public record FlattenedCopy(Path file, int pageSize, long unread) {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int WRITE_VERSION_AT = 18;
    private static final int DEFAULT_PAGE = 4096;

    /**
     * Writes the copy.
     *
     * @param database the damaged file; it and the files beside it stay as they are
     * @param copy does not exist yet
     */
    public static FlattenedCopy write(Path database, Path copy) throws IOException {
        int own = pageSize(database);
        Path wal = database.resolveSibling(database.getFileName() + "-wal");
        WalFrames frames = WalFrames.read(wal, own == 0 ? DEFAULT_PAGE : own);
        int pageSize = frames.pageSize() > 0 ? frames.pageSize() : own == 0 ? DEFAULT_PAGE : own;
        try (FileChannel from = FileChannel.open(database, StandardOpenOption.READ);
                FileChannel to = OwnerOnlyFiles.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < from.size(); ) {
                done += from.transferTo(done, from.size() - done, to);
            }
            if (!frames.offsets().isEmpty()) {
                apply(wal, frames, to);
            }
            to.write(ByteBuffer.wrap(new byte[] {1, 1}), WRITE_VERSION_AT);
        }
        return new FlattenedCopy(copy, pageSize, frames.unread());
    }

    private static void apply(Path wal, WalFrames frames, FileChannel to) throws IOException {
        try (FileChannel from = FileChannel.open(wal, StandardOpenOption.READ)) {
            ByteBuffer page = ByteBuffer.allocate(frames.pageSize());
            for (Map.Entry<Long, Long> each : frames.offsets().entrySet()) {
                page.clear();
                while (page.hasRemaining() && from.read(page, each.getValue() + page.position()) >= 0) {
                    // Reads the whole page.
                }
                page.flip();
                to.write(page, (each.getKey() - 1) * frames.pageSize());
            }
            if (to.size() > frames.pages() * frames.pageSize()) {
                to.truncate(frames.pages() * frames.pageSize());
            }
        }
    }

    /** The size of a page in the header of a database; 0 if the header is damaged. */
    public static int pageSize(Path database) throws IOException {
        byte[] header = new byte[FILE_HEADER];
        try (var in = Files.newInputStream(database)) {
            if (in.readNBytes(header, 0, FILE_HEADER) < FILE_HEADER
                    || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                return 0;
            }
        }
        int size = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(PAGE_SIZE_AT));
        size = size == 1 ? 1 << 16 : size;
        return size >= 512 && Integer.bitCount(size) == 1 ? size : 0;
    }
}
