package dev.tidemark.app.bench;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.changelog.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Creates a library of three devices with ten changes for each item, in transactions of three, over 400 days. No two
 * devices changed one item, so there are no conflicts.
 */
final class LargeHistory {
    private static final int DEVICES = 3;
    private static final int LISTS = 20;
    private static final int DAYS = 400;
    private static final int INSERTED = 100;
    private static final int EDITED = 3;

    /** The share of each further device; applying changes takes longer than making them. */
    private static final int OTHERS_PERCENT = 5;

    private final Random random = new Random(20);
    private final int items;
    private final Instant start = Instant.now().minus(Duration.ofDays(DAYS));
    private final List<UUID> lists = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();

    private LargeHistory(int items) {
        this.items = items;
    }

    /**
     * Returns a folder with {@code library.db}. Making it takes minutes; with {@code -Dtidemark.bench.cache=FOLDER} it
     * stays there for the next run.
     */
    static Path folder(Path temporary, int items) throws IOException {
        String cache = System.getProperty("tidemark.bench.cache", "");
        Path folder = (cache.isEmpty() ? temporary : Path.of(cache)).resolve("history-" + items);
        if (!Files.exists(folder.resolve("library.db"))) {
            Path unfinished = folder.resolveSibling("unfinished-" + items);
            Files.createDirectories(unfinished);
            new LargeHistory(items).make(unfinished);
            Files.move(unfinished, folder);
        }
        return folder;
    }

    private void make(Path folder) {
        try (Database library = open(folder, "library.db", "Desktop", Duration.ZERO)) {
            insert(library);
            for (int device = 1; device < DEVICES; device++) {
                try (Database other = open(folder, "device" + device + ".db", "Device " + device, Duration.ofDays(1))) {
                    copy(library, other);
                    edit(other, device);
                    copy(other, library);
                }
            }
            edit(library, 0);
            Checkpoints checkpoints = new Checkpoints(library, Instant::now);
            for (int number = 0; number < 20; number++) {
                checkpoints.create("Checkpoint " + number, "");
            }
        }
    }

    /** A database whose clock runs through the days as changes are made. */
    private Database open(Path folder, String file, String name, Duration later) {
        long[] calls = new long[1];
        long ticks = 4L * items;
        long step = Duration.ofDays(DAYS - 2).toMillis() / ticks + 1;
        Instant end = Instant.now().minusSeconds(3600);
        return Database.open(
                folder.resolve(file),
                LibrarySchema.SCHEMA,
                DatabaseOptions.DEFAULT.with(Durability.NONE).named(name).with(() -> {
                    Instant at = start.plus(later).plusMillis(step * calls[0]++);
                    return at.isAfter(end) ? end : at;
                }));
    }

    private void insert(Database library) {
        TransactionRunner writes = TransactionRunner.of(library);
        for (int from = 0; from < items; from += INSERTED) {
            int first = from;
            library.write(transaction -> {
                ItemWriter writer = new ItemWriter(transaction, writes.clock());
                while (lists.size() < LISTS) {
                    lists.add(writer.list("List " + lists.size()));
                }
                for (int number = first; number < Math.min(items, first + INSERTED); number++) {
                    UUID id = writer.add(NewItem.todo("Item " + number + " of the benchmark"));
                    ids.add(id);
                    writer.setList(id, lists.get(number % LISTS));
                }
            });
        }
    }

    /** Each device edits its share of the items; its first transaction deletes three. */
    private void edit(Database database, int device) {
        long share = device == 0 ? 100 - (DEVICES - 1) * OTHERS_PERCENT : OTHERS_PERCENT;
        long transactions = 9L * items * share / 100 / EDITED;
        for (long number = 0; number < transactions; number++) {
            boolean isFirst = number == 0;
            database.write(transaction -> {
                for (int count = 0; count < EDITED; count++) {
                    int index = random.nextInt(items / DEVICES) * DEVICES + device;
                    UUID id = ids.get(Math.min(index, items - 1 - (items - 1 - device) % DEVICES));
                    if (isFirst) {
                        transaction.delete("item", id);
                        continue;
                    }
                    int kind = random.nextInt(100);
                    if (kind < 60) {
                        transaction.execute("UPDATE item SET priority = (priority + 1) % 4 WHERE id = ?", id);
                    } else if (kind < 90) {
                        transaction.execute(
                                "UPDATE item SET due = ? WHERE id = ?", "2026-12-" + (10 + random.nextInt(20)), id);
                    } else if (kind < 95) {
                        transaction.execute(
                                "UPDATE item SET title = ? WHERE id = ?", "Item " + index + " " + random.nextInt(), id);
                    } else if (kind < 99) {
                        transaction.execute("UPDATE item SET done = 1 - done WHERE id = ?", id);
                    } else {
                        transaction.execute(
                                "UPDATE item SET list_id = ? WHERE id = ?", lists.get(random.nextInt(LISTS)), id);
                    }
                }
            });
        }
    }

    private static void copy(Database from, Database to) {
        try (Batch.Reader reader = from.changelog().read(to.changelog().vector(), Batch.Limit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                to.changelog().append(batch);
            }
        }
    }
}
