package dev.tidemark.engine.internal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Simulates power cuts by replaying a {@link WriteLog}. Writes before an fsync survive. Of later writes any subset of
 * 512-byte sectors may survive. Writes before a failed fsync are lost for good, as Linux drops them. Names survive only
 * after an fsync of their folder.
 */
final class PowerCut {
    private static final int SECTOR = 512;

    /** What of the writes without an fsync has reached the disk. */
    enum Survival {
        NOTHING,
        EVERYTHING,
        /** All up to some point, the last one torn. */
        A_BEGINNING,
        /** Each sector or not, whatever the order. */
        ANYTHING
    }

    private static final class DiskFile {
        byte[] content = {};
        int length;
        final List<Pending> pending = new ArrayList<>();
        final Map<Integer, Integer> syncing = new HashMap<>();

        void apply(WriteLog.Event event, int from, int to) {
            if (event.kind() == WriteLog.Kind.TRUNCATE) {
                int shorter = Math.toIntExact(event.position());
                if (shorter < length) {
                    Arrays.fill(content, shorter, length, (byte) 0);
                }
                reach(shorter);
                length = shorter;
                return;
            }
            int start = Math.toIntExact(event.position()) + from;
            int end = start + to - from;
            reach(end);
            System.arraycopy(event.data(), from, content, start, to - from);
            length = Math.max(length, end);
        }

        private void reach(int size) {
            if (size > content.length) {
                content = Arrays.copyOf(content, Math.max(size, content.length * 2));
            }
        }

        DiskFile copy() {
            DiskFile copy = new DiskFile();
            copy.content = content.clone();
            copy.length = length;
            return copy;
        }
    }

    private record Pending(int index, WriteLog.Event event) {}

    private record Naming(int index, String name, long inode) {}

    private static final long NO_FILE = -1;

    private final List<WriteLog.Event> events;
    private final Map<Long, DiskFile> files = new HashMap<>();
    private final Map<String, Long> names = new HashMap<>();
    private final Map<String, Long> namesOnDisk = new HashMap<>();
    private final List<Naming> pendingNames = new ArrayList<>();
    private final Map<Integer, Integer> folderSyncing = new HashMap<>();
    private int next;

    PowerCut(WriteLog log) {
        events = log.events();
    }

    /** Goes on until this many events have happened. */
    void advance(int count) {
        while (next < count) {
            happen(events.get(next), next);
            next++;
        }
    }

    private void happen(WriteLog.Event event, int index) {
        switch (event.kind()) {
            case FOLDER_BEGIN -> folderSyncing.put(event.thread(), index);
            case FOLDER_END -> {
                int covered = folderSyncing.remove(event.thread());
                pendingNames.removeIf(naming -> naming.index() < covered && putName(namesOnDisk, naming));
            }
            case UNLINK -> name(new Naming(index, event.name(), NO_FILE));
            default -> happenTo(file(event, index), event, index);
        }
    }

    private void happenTo(DiskFile file, WriteLog.Event event, int index) {
        switch (event.kind()) {
            case SYNC_BEGIN -> file.syncing.put(event.thread(), index);
            case SYNC_END, SYNC_FAILED -> {
                int covered = file.syncing.remove(event.thread());
                boolean saved = event.kind() == WriteLog.Kind.SYNC_END;
                file.pending.removeIf(write -> {
                    if (write.index() < covered && saved) {
                        file.apply(write.event(), 0, write.event().data().length);
                    }
                    return write.index() < covered;
                });
            }
            default -> file.pending.add(new Pending(index, event));
        }
    }

    private DiskFile file(WriteLog.Event event, int index) {
        Long known = names.get(event.name());
        if (known == null || known != event.inode()) {
            files.put(event.inode(), new DiskFile());
            name(new Naming(index, event.name(), event.inode()));
        }
        return files.get(event.inode());
    }

    private void name(Naming naming) {
        putName(names, naming);
        pendingNames.add(naming);
    }

    private static boolean putName(Map<String, Long> names, Naming naming) {
        if (naming.inode() == NO_FILE) {
            names.remove(naming.name());
        } else {
            names.put(naming.name(), naming.inode());
        }
        return true;
    }

    /** Writes into a folder what is found after the power cut, for names that begin so. */
    void restore(Path folder, String prefix, Survival survival, Random random) throws IOException {
        Map<String, Long> found = new HashMap<>(namesOnDisk);
        int named = switch (survival) {
            case NOTHING -> 0;
            case EVERYTHING -> pendingNames.size();
            default -> random.nextInt(pendingNames.size() + 1);
        };
        pendingNames.subList(0, named).forEach(naming -> putName(found, naming));
        for (Map.Entry<String, Long> entry : found.entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                DiskFile file = survivor(files.get(entry.getValue()), survival, random);
                Files.write(folder.resolve(entry.getKey()), Arrays.copyOf(file.content, file.length));
            }
        }
    }

    private static DiskFile survivor(DiskFile file, Survival survival, Random random) {
        DiskFile result = file.copy();
        int count = file.pending.size();
        int whole = switch (survival) {
            case NOTHING -> 0;
            case EVERYTHING -> count;
            case A_BEGINNING -> random.nextInt(count + 1);
            case ANYTHING -> 0;
        };
        for (int index = 0; index < whole; index++) {
            WriteLog.Event event = file.pending.get(index).event();
            result.apply(event, 0, event.data().length);
        }
        if (survival == Survival.A_BEGINNING && whole < count) {
            tear(result, file.pending.get(whole).event(), random);
        }
        if (survival == Survival.ANYTHING) {
            file.pending.forEach(write -> tear(result, write.event(), random));
        }
        return result;
    }

    private static void tear(DiskFile file, WriteLog.Event event, Random random) {
        if (event.kind() == WriteLog.Kind.TRUNCATE) {
            if (random.nextBoolean()) {
                file.apply(event, 0, 0);
            }
            return;
        }
        int from = 0;
        while (from < event.data().length) {
            long sectorEnd = ((event.position() + from) / SECTOR + 1) * SECTOR;
            int to = (int) Math.min(event.data().length, sectorEnd - event.position());
            if (random.nextBoolean()) {
                file.apply(event, from, to);
            }
            from = to;
        }
    }
}
