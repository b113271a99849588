package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.problem.QueryException;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One database, and the random actions of its user. */
final class HistoryDevice {
    SqliteDatabase database;
    int version;
    private final Random random;
    private final List<UUID> ids;
    private VersionVector formOpened = VersionVector.EMPTY;
    int deletes;

    HistoryDevice(SqliteDatabase database, int version, Random random, List<UUID> ids) {
        this.database = database;
        this.version = version;
        this.random = random;
        this.ids = ids;
    }

    void act() {
        int statements = 1 + random.nextInt(3);
        // Now and then as from a form that was opened a while ago.
        VersionVector seen =
                random.nextInt(6) == 0 ? formOpened : database.changelog().vector();
        if (random.nextInt(4) == 0) {
            formOpened = seen;
        }
        try {
            database.writeBasedOn(seen, tx -> {
                for (int count = 0; count < statements; count++) {
                    step(tx);
                }
                return null;
            });
        } catch (QueryException e) {
            // Constraints refuse some random statements, and then the whole transaction leaves nothing.
            assertThat(e).hasMessageContaining("constraint");
        }
    }

    private UUID anyId() {
        if (ids.isEmpty() || (ids.size() < 12 && random.nextInt(4) == 0)) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        return ids.get(random.nextInt(ids.size()));
    }

    private String word() {
        return "w" + random.nextInt(4);
    }

    private void step(dev.tidemark.engine.Transaction tx) {
        UUID id = anyId();
        switch (random.nextInt(version == 1 ? 13 : 13 + 2 * version)) {
            case 0 -> tx.execute("INSERT INTO folder(id, name) VALUES (?, ?) ON CONFLICT DO NOTHING", id, word());
            case 1 -> tx.execute("UPDATE folder SET name = ? WHERE id = ?", word(), id);
            case 2 -> deletes += tx.execute("DELETE FROM folder WHERE id = ?", id);
            case 3 ->
                tx.execute(
                        "INSERT OR REPLACE INTO task(id, title, folder_id, code) VALUES (?, ?, ?, ?)",
                        id,
                        word(),
                        random.nextBoolean() ? null : anyFolder(tx),
                        random.nextInt(3) == 0 ? word() : null);
            case 4 -> tx.execute("UPDATE task SET title = ? WHERE id = ?", word(), id);
            case 5 -> tx.execute("UPDATE task SET done = ? WHERE id = ?", random.nextInt(2), id);
            case 6 -> tx.execute("UPDATE task SET folder_id = ? WHERE id = ?", anyFolder(tx), id);
            case 7 -> tx.execute("UPDATE OR REPLACE task SET code = ? WHERE id = ?", word(), id);
            case 8 -> deletes += tx.execute("DELETE FROM task WHERE id = ?", id);
            case 9 -> tx.execute("UPDATE task SET title = title || '!' WHERE done = 1");
            case 10 -> tx.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", id, word());
            case 11 -> deletes += tx.execute("DELETE FROM note WHERE id = ?", id);
            case 12 -> resolveOne(tx);
            default -> stepOfLaterVersion(tx, id);
        }
    }

    private void stepOfLaterVersion(dev.tidemark.engine.Transaction tx, UUID id) {
        int choice = random.nextInt(version == 2 ? 2 : version == 3 ? 6 : 8);
        switch (choice) {
            case 0, 1 -> tx.execute("UPDATE task SET priority = ? WHERE id = ?", random.nextInt(4), id);
            case 2 -> tx.execute("UPDATE task SET colour = ? WHERE id = ?", word(), id);
            case 3 ->
                tx.execute(
                        "INSERT OR REPLACE INTO label(id, name, task_id) VALUES (?, ?, ?)",
                        id,
                        word(),
                        random.nextBoolean() ? null : anyOf(tx, "task"));
            case 4 -> tx.execute("UPDATE label SET name = ? WHERE id = ?", word(), id);
            case 5 -> deletes += tx.execute("DELETE FROM label WHERE id = ?", id);
            case 6 -> tx.execute("UPDATE folder SET kind = ? WHERE id = ?", word(), id);
            default -> tx.execute("UPDATE label SET rank = ? WHERE id = ?", random.nextInt(4), id);
        }
    }

    private UUID anyFolder(dev.tidemark.engine.Transaction tx) {
        return anyOf(tx, "folder");
    }

    private UUID anyOf(dev.tidemark.engine.Transaction tx, String table) {
        List<UUID> found = tx.list(dev.tidemark.engine.Query.of("SELECT id FROM " + table + " ORDER BY id")
                .map(row -> row.uuid("id")));
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    private void resolveOne(dev.tidemark.engine.Transaction tx) {
        List<Conflict> conflicts = database.conflicts().stream()
                .filter(conflict -> version > 2 || !conflict.table().equals("label"))
                .filter(conflict -> knows(conflict.column()))
                .toList();
        if (conflicts.isEmpty()) {
            return;
        }
        Conflict conflict = conflicts.get(random.nextInt(conflicts.size()));
        boolean shown = !tx.list(dev.tidemark.engine.Query.of(
                        "SELECT 1 FROM " + conflict.table() + " WHERE id = ?", conflict.row()))
                .isEmpty();
        if (shown || conflict.column().equals(Conflict.ROW)) {
            tx.resolve(conflict.table(), conflict.row(), conflict.column());
        }
    }

    private boolean knows(String column) {
        return switch (column) {
            case "priority" -> version > 1;
            case "colour" -> version > 2;
            case "kind", "rank" -> version > 3;
            default -> true;
        };
    }
}
