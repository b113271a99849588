package dev.tidemark.engine.internal.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the committed pages in a WAL file, as SQLite does: frames count up to the last commit before the first frame
 * whose checksum is wrong. SQLite says nothing of the frames after it; this class counts them.
 * <a href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log">The format</a>. Immutable.
 *
 * @param pageSize the size of a page in bytes; 0 if the WAL is missing, empty or has no sound header
 * @param offsets by page number, where the latest committed version of the page begins in the WAL
 * @param pages the number of pages of the database after the last commit; 0 for no commit
 * @param unread frames of this WAL that do not verify, and those after them: a power cut or damage
 */
public record WalFrames(int pageSize, Map<Long, Long> offsets, long pages, long unread) {
    static final int HEADER = 32;
    static final int FRAME_HEADER = 24;
    private static final WalFrames NONE = new WalFrames(0, Map.of(), 0, 0);
    private static final int MAGIC = 0x377f0682;
    private static final int CHECKED_HEADER = 24;
    private static final int CHECKED_FRAME_HEADER = 8;
    private static final int MIN_PAGE = 512;
    private static final int MAX_PAGE = 1 << 16;

    /** Copies the map. */
    public WalFrames {
        offsets = Map.copyOf(offsets);
    }

    /**
     * Reads a WAL file.
     *
     * @param expectedPage the page size of the database in bytes, by which frames are counted if the header is damaged
     */
    public static WalFrames read(Path wal, int expectedPage) throws IOException {
        if (!Files.exists(wal) || Files.size(wal) == 0) {
            return NONE;
        }
        try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ)) {
            return new Scan(channel).run(expectedPage);
        }
    }

    /** One pass over a file. */
    private static final class Scan {
        private final FileChannel channel;
        private final ByteBuffer header = ByteBuffer.allocate(HEADER);
        private int first;
        private int second;

        Scan(FileChannel channel) {
            this.channel = channel;
        }

        WalFrames run(int expectedPage) throws IOException {
            boolean isWhole = fill(header, 0);
            int pageSize = isWhole ? header.getInt(8) : 0;
            boolean isSound = isWhole
                    && (header.getInt(0) & ~1) == MAGIC
                    && pageSize >= MIN_PAGE
                    && pageSize <= MAX_PAGE
                    && Integer.bitCount(pageSize) == 1;
            if (isSound) {
                header.order((header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
                sum(header, 0, CHECKED_HEADER);
                header.order(ByteOrder.BIG_ENDIAN);
                isSound = first == header.getInt(24) && second == header.getInt(28);
            }
            if (!isSound) {
                return new WalFrames(0, Map.of(), 0, (channel.size() - HEADER) / (FRAME_HEADER + expectedPage));
            }
            return frames(pageSize);
        }

        private WalFrames frames(int pageSize) throws IOException {
            ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            Map<Long, Long> committed = new HashMap<>();
            Map<Long, Long> open = new HashMap<>();
            long pages = 0;
            long unread = 0;
            ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + pageSize);
            for (long at = HEADER; fill(frame, at); at += frame.capacity()) {
                if (frame.getLong(8) != header.getLong(16)) {
                    // Left from an earlier use of the file.
                    break;
                }
                if (unread == 0 && verifies(frame, order)) {
                    open.put(Integer.toUnsignedLong(frame.getInt(0)), at + FRAME_HEADER);
                    if (frame.getInt(4) != 0) {
                        pages = Integer.toUnsignedLong(frame.getInt(4));
                        committed.putAll(open);
                        open.clear();
                    }
                } else {
                    unread++;
                }
            }
            return new WalFrames(pageSize, committed, pages, unread);
        }

        private boolean verifies(ByteBuffer frame, ByteOrder order) {
            int firstBefore = first;
            int secondBefore = second;
            frame.order(order);
            sum(frame, 0, CHECKED_FRAME_HEADER);
            sum(frame, FRAME_HEADER, frame.capacity());
            frame.order(ByteOrder.BIG_ENDIAN);
            if (frame.getInt(0) != 0 && first == frame.getInt(16) && second == frame.getInt(20)) {
                return true;
            }
            first = firstBefore;
            second = secondBefore;
            return false;
        }

        private void sum(ByteBuffer bytes, int from, int to) {
            for (int at = from; at < to; at += 8) {
                first += bytes.getInt(at) + second;
                second += bytes.getInt(at + 4) + first;
            }
        }

        private boolean fill(ByteBuffer buffer, long from) throws IOException {
            buffer.clear();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns where a page begins in the WAL; {@code null} if the database file has it. */
    @Nullable
    Long offset(long page) {
        return offsets.get(page);
    }
}
