package dev.tidemark.engine.internal.salvage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of {@code tm_log} in the pages of a database file, whether or not a b-tree still leads to them: the
 * leaves hold whole rows, and each block of changes has a checksum.
 * <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">The format</a>. Not thread-safe.
 */
final class LeafRecords implements Closeable {
    private static final int FILE_HEADER = 100;
    private static final byte TABLE_LEAF = 0x0d;
    private static final int POINTERS_AT = 8;
    private static final int MIN_BLOB = 12;
    private static final int COLUMNS = 3;

    /** A block has about 256 KiB of changes before compression; a single change may have 64 MB. */
    private static final long MAX_PAYLOAD = 80L << 20;

    private final FileChannel channel;
    private final int pageSize;

    /**
     * A row that looks like one of {@code tm_log}.
     *
     * @param id the key
     * @param last the number of the last change
     * @param page the page of the row
     * @param cell where the row begins in the page
     */
    record LogRow(long id, long last, long page, int cell) {}

    LeafRecords(Path file, int pageSize) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.pageSize = pageSize;
    }

    void findLogRows(Consumer<LogRow> found) throws IOException {
        long pages = (channel.size() + pageSize - 1) / pageSize;
        for (long number = 1; number <= pages; number++) {
            byte[] page = page(number);
            int start = number == 1 ? FILE_HEADER : 0;
            if (page[start] == TABLE_LEAF) {
                findIn(page, number, start, found);
            }
        }
    }

    private void findIn(byte[] page, long number, int start, Consumer<LogRow> found) {
        int cells = Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(start + 3));
        for (int index = 0; index < cells; index++) {
            int pointer = start + POINTERS_AT + 2 * index;
            if (pointer + 2 > page.length) {
                return;
            }
            Cell cell = Cell.at(page, Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(pointer)));
            if (cell != null) {
                found.accept(new LogRow(cell.id, cell.last, number, cell.at));
            }
        }
    }

    /** Returns the body of a block; {@code null} if the chain of its pages is damaged. */
    byte @Nullable [] body(LogRow row) throws IOException {
        byte[] page = page(row.page());
        Cell cell = Cell.at(page, row.cell());
        if (cell == null || cell.payload > channel.size()) {
            return null;
        }
        int local = local(cell.payload);
        if (cell.payloadAt + local > page.length) {
            return null;
        }
        byte[] payload =
                Arrays.copyOf(Arrays.copyOfRange(page, cell.payloadAt, cell.payloadAt + local), (int) cell.payload);
        long next = local == cell.payload || cell.payloadAt + local + 4 > page.length
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(page).getInt(cell.payloadAt + local));
        int done = local;
        while (done < payload.length) {
            if (next == 0 || (next - 1) * pageSize >= channel.size()) {
                return null;
            }
            byte[] overflow = page(next);
            int part = Math.min(payload.length - done, pageSize - 4);
            System.arraycopy(overflow, 4, payload, done, part);
            done += part;
            next = Integer.toUnsignedLong(ByteBuffer.wrap(overflow).getInt(0));
        }
        return Arrays.copyOfRange(payload, payload.length - cell.body, payload.length);
    }

    /** How much of a payload is in the leaf itself. */
    private int local(long payload) {
        int most = pageSize - 35;
        if (payload <= most) {
            return (int) payload;
        }
        int least = (pageSize - 12) * 32 / 255 - 23;
        int some = (int) (least + (payload - least) % (pageSize - 4));
        return some <= most ? some : least;
    }

    private byte[] page(long number) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(pageSize);
        long from = (number - 1) * pageSize;
        while (page.hasRemaining() && channel.read(page, from + page.position()) >= 0) {
            // A page that is cut ends in zeros.
        }
        return page.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The beginning of a row in a leaf. */
    private static final class Cell {
        private final byte[] page;
        private final int at;
        private int next;
        private long payload;
        private int payloadAt;
        private long id;
        private long last;
        private int body;

        private Cell(byte[] page, int at) {
            this.page = page;
            this.at = at;
            this.next = at;
        }

        static @Nullable Cell at(byte[] page, int at) {
            Cell cell = new Cell(page, at);
            try {
                return cell.isLogRow() ? cell : null;
            } catch (IndexOutOfBoundsException e) {
                // The pointer or a length is damaged.
                return null;
            }
        }

        private boolean isLogRow() {
            payload = number();
            id = number();
            payloadAt = next;
            long header = number();
            if (payload < COLUMNS || payload > MAX_PAYLOAD || id <= 0 || header > 20) {
                return false;
            }
            long key = number();
            long lastType = number();
            long bodyType = number();
            int lastBytes = bytesOf(lastType);
            if (key != 0 || lastBytes < 0 || bodyType < MIN_BLOB || bodyType % 2 != 0 || next != payloadAt + header) {
                return false;
            }
            last = lastType == 9 ? 1 : integer(lastBytes);
            body = (int) Math.min((bodyType - MIN_BLOB) / 2, Integer.MAX_VALUE);
            return header + lastBytes + body == payload && last > 0;
        }

        /** The length of an integer of this serial type; -1 for other types. */
        private static int bytesOf(long type) {
            return switch ((int) Math.min(type, Integer.MAX_VALUE)) {
                case 1, 2, 3, 4 -> (int) type;
                case 5 -> 6;
                case 6 -> 8;
                case 8, 9 -> 0;
                default -> -1;
            };
        }

        private long integer(int bytes) {
            long value = bytes == 0 ? 0 : page[next];
            for (int index = 1; index < bytes; index++) {
                value = value << 8 | Byte.toUnsignedLong(page[next + index]);
            }
            return value;
        }

        /** Reads an integer of variable length. */
        private long number() {
            long value = 0;
            for (int index = 0; index < 8; index++) {
                byte part = page[next++];
                value = value << 7 | (part & 0x7f);
                if (part >= 0) {
                    return value;
                }
            }
            return value << 8 | Byte.toUnsignedLong(page[next++]);
        }
    }
}
