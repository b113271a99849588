package dev.tidemark.app.process;

import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Creates a library of the version that did not count items per tag yet: 10,000 items, most of them with tags. */
final class OlderLibrary {
    static final int ITEMS = 10_000;
    private static final String COUNTING = "count the items of each tag as they change";
    private static final int BATCH = 1_000;

    private OlderLibrary() {}

    /** The steps before that one, or up to it with something to be done at its end, in the middle of the upgrade. */
    static Schema schema(Runnable inTheMiddle, boolean withCounting) {
        Schema.Builder steps = Schema.builder();
        for (Schema.Migration migration : LibrarySchema.SCHEMA.migrations()) {
            if (!migration.name().equals(COUNTING)) {
                steps.migration(migration.name(), migration.step());
                continue;
            }
            if (withCounting) {
                steps.migration(migration.name(), tables -> {
                    migration.step().run(tables);
                    inTheMiddle.run();
                });
            }
            break;
        }
        // A later step created the checkpoints.
        return steps.synced(LibrarySchema.SCHEMA.synced().stream()
                        .filter(table -> !table.equals("checkpoint"))
                        .toArray(String[]::new))
                .blobs("attachment", "content")
                .build();
    }

    /** Every third is done, every tenth lies in the trash, and every fifth has no tag. */
    static void write(Path file) {
        try (Database database = Database.open(file, schema(() -> {}, false))) {
            for (int batch = 0; batch < ITEMS; batch += BATCH) {
                int first = batch;
                database.write(transaction -> {
                    for (int number = first; number < first + BATCH; number++) {
                        add(transaction, number);
                    }
                });
            }
        }
    }

    /** In SQL, because the queries of this version need columns and tables that the older one lacked. */
    private static void add(Transaction transaction, int number) {
        UUID id = Ids.next();
        transaction.execute(
                "INSERT INTO item(id, kind, title, done, trashed) VALUES (?, 'todo', ?, ?, ?)",
                id,
                "Item " + number,
                number % 3 == 0,
                number % 10 == 1);
        if (number % 5 != 0) {
            for (String name : List.of("all", "tag" + number % 7)) {
                transaction.execute("INSERT INTO tag(id, item_id, name) VALUES (?, ?, ?)", Ids.next(), id, name);
            }
        }
    }
}
