package dev.tidemark.engine.internal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The events that {@code native/fsync_shim.c} recorded, in order. Immutable. */
final class WriteLog {
    private static final int HEADER = 40;

    /** What happened. */
    enum Kind {
        WRITE,
        TRUNCATE,
        SYNC_BEGIN,
        SYNC_END,
        SYNC_FAILED,
        UNLINK,
        FOLDER_BEGIN,
        FOLDER_END
    }

    /**
     * One call.
     *
     * @param thread the system's number of the thread, unique among all processes
     * @param nanos when, on the machine's monotonic clock
     * @param inode which file, whatever its name
     * @param name the file's name in the folder; empty for the folder
     * @param position where the write began, or the length truncated to
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied only where that is needed.
    record Event(Kind kind, int thread, long nanos, long inode, String name, long position, byte[] data) {
        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    private final List<Event> events;

    private WriteLog(List<Event> events) {
        this.events = List.copyOf(events);
    }

    static WriteLog read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        List<Event> events = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            Kind kind = Kind.values()[bytes.getInt() - 1];
            int thread = bytes.getInt();
            long nanos = bytes.getLong();
            long inode = bytes.getLong();
            long position = bytes.getLong();
            byte[] name = new byte[bytes.getInt()];
            byte[] data = new byte[bytes.getInt()];
            bytes.get(name).get(data);
            events.add(new Event(kind, thread, nanos, inode, new String(name, StandardCharsets.UTF_8), position, data));
        }
        return new WriteLog(events);
    }

    List<Event> events() {
        return events;
    }

    /** Where the first of this kind stands. */
    int indexOf(Kind kind) {
        return events.stream().map(Event::kind).toList().indexOf(kind);
    }

    /** How often this happened to files of that name. */
    long count(Kind kind, String name) {
        return events.stream()
                .filter(event -> event.kind() == kind && event.name().equals(name))
                .count();
    }
}
