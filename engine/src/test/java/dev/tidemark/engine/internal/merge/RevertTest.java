package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.problem.TransactionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Undo and redo: another transaction reverts a transaction's edits, except where there are later writes. */
class RevertTest extends ThreeReplicas {
    private static List<Transaction.RowEdit> write(Database database, Consumer<Transaction> work) {
        return database.write(tx -> {
            work.accept(tx);
            return tx.edits();
        });
    }

    private static List<Transaction.RowEdit> revert(Database database, List<Transaction.RowEdit> edits) {
        return write(database, tx -> assertThat(tx.revert(edits)).isEmpty());
    }

    private static List<Transaction.RowEdit> left(Database database, List<Transaction.RowEdit> edits) {
        return database.write(tx -> tx.revert(edits));
    }

    @Test
    void anEditNamesTheColumnsThatDifferAndNoRowThatIsAsItWas() {
        UUID note = Replicas.id();
        List<Transaction.RowEdit> edits = write(a, tx -> {
            tx.execute("UPDATE task SET title = 'oats', done = 0");
            tx.execute("INSERT INTO note VALUES (?, 'n')", note);
            tx.execute("INSERT INTO folder VALUES (?, 'f')", id);
            tx.execute("DELETE FROM folder");
        });
        assertThat(edits)
                .containsExactly(
                        new Transaction.RowEdit("task", id, Map.of("title", "milk"), Map.of("title", "oats")),
                        new Transaction.RowEdit("note", note, null, Map.of("body", "n")));
        assertThat(write(a, tx -> tx.execute("UPDATE task SET title = 'oats'"))).isEmpty();
    }

    @Test
    void takesBackAnUpdateOnAllDevicesAndDoesItAgain() {
        List<Transaction.RowEdit> edits = write(a, tx -> tx.execute("UPDATE task SET title = 'oats', code = NULL"));
        Replicas.syncAll(a, b, c);
        List<Transaction.RowEdit> again = revert(a, edits);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(c, "SELECT title || code FROM task")).isEqualTo("milkm");
        revert(a, again);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(c, "SELECT title || ifnull(code, '-') FROM task"))
                .isEqualTo("oats-");
        assertThat(c.conflicts()).isEmpty();
    }

    @Test
    void bringsBackWhatWasDeletedWithAllThatWentWithIt() {
        UUID parent = Replicas.id();
        a.write(tx -> {
            tx.execute("INSERT INTO folder VALUES (?, 'f')", parent);
            return tx.execute("UPDATE task SET folder_id = ?", parent);
        });
        List<Transaction.RowEdit> edits = write(a, tx -> tx.delete("folder", parent));
        assertThat(edits).hasSize(2).allMatch(Transaction.RowEdit::isDelete);
        Replicas.syncAll(a, b, c);
        List<Transaction.RowEdit> again = revert(a, edits);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(b, "SELECT f.name || t.title FROM task t JOIN folder f ON f.id = t.folder_id"))
                .isEqualTo("fmilk");
        revert(a, again);
        assertThat(Replicas.column(a, "SELECT id FROM task UNION ALL SELECT id FROM folder"))
                .isEmpty();
    }

    @Test
    void takesAwayWhatWasMadeAndMakesItAgain() {
        UUID made = Replicas.id();
        List<Transaction.RowEdit> edits =
                write(a, tx -> tx.execute("INSERT INTO task(id, title) VALUES (?, 'new')", made));
        List<Transaction.RowEdit> again = revert(a, edits);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.column(b, "SELECT title FROM task")).containsExactly("milk");
        revert(a, again);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.column(b, "SELECT title FROM task")).containsExactlyInAnyOrder("milk", "new");
    }

    @Test
    void whatAnotherDeviceWroteOverSinceStaysAndTheRestIsTakenBack() {
        List<Transaction.RowEdit> edits = write(a, tx -> tx.execute("UPDATE task SET title = 'oats', code = 'o'"));
        Replicas.syncAll(a, b, c);
        Replicas.run(b, "UPDATE task SET title = 'bread'");
        Replicas.syncAll(a, b, c);
        assertThat(left(a, edits)).isEqualTo(edits);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(c, "SELECT title || code FROM task")).isEqualTo("breadm");
    }

    @Test
    void aRowThatWasMadeHereAndEditedElsewhereIsNotTakenAway() {
        UUID made = Replicas.id();
        List<Transaction.RowEdit> edits = write(a, tx -> tx.execute("INSERT INTO note VALUES (?, 'mine')", made));
        Replicas.syncAll(a, b, c);
        Replicas.run(b, "UPDATE note SET body = 'ours'");
        Replicas.syncAll(a, b, c);
        assertThat(left(a, edits)).isEqualTo(edits);
        assertThat(Replicas.value(a, "SELECT body FROM note")).isEqualTo("ours");
    }

    @Test
    void anEditThatLostAgainstTheDeleteComesBackWithTheRow() {
        Replicas.run(b, "UPDATE task SET code = 'theirs'");
        List<Transaction.RowEdit> edits = write(a, tx -> tx.delete("task", id));
        Replicas.sync(a, b);
        assertThat(Replicas.column(b, "SELECT id FROM task")).isEmpty();
        revert(a, edits);
        assertThat(Replicas.value(a, "SELECT title || code FROM task")).isEqualTo("milktheirs");
    }

    @Test
    void whatHasNoPlaceAnyMoreIsLeftAndSaidSo() {
        UUID parent = Replicas.id();
        a.write(tx -> {
            tx.execute("INSERT INTO folder VALUES (?, 'f')", parent);
            return tx.execute("UPDATE task SET folder_id = ?", parent);
        });
        List<Transaction.RowEdit> orphaned = write(a, tx -> tx.delete("task", id));
        Replicas.run(a, "DELETE FROM folder");
        assertThat(left(a, orphaned)).isEqualTo(orphaned);

        UUID first = Replicas.id();
        Replicas.run(a, "INSERT INTO task(id, code) VALUES (?, 'x')", first);
        List<Transaction.RowEdit> freed = write(a, tx -> tx.execute("UPDATE task SET code = NULL WHERE id = ?", first));
        Replicas.run(a, "INSERT INTO task(id, code) VALUES (?, 'x')", Replicas.id());
        assertThat(left(a, freed)).isEqualTo(freed);
        assertThat(left(a, write(a, tx -> tx.delete("task", first)))).isEmpty();
    }

    @Test
    void onlySyncedTablesAreRevertedAndOnlyInsideTheTransaction() {
        List<Transaction.RowEdit> local = List.of(new Transaction.RowEdit("setting", id, null, Map.of("value", "v")));
        assertThatThrownBy(() -> left(a, local)).isInstanceOf(TransactionException.class);
        Transaction[] escaped = new Transaction[1];
        write(a, tx -> escaped[0] = tx);
        assertThatThrownBy(() -> escaped[0].edits()).isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> escaped[0].revert(List.of())).isInstanceOf(TransactionException.class);
    }

    /** Each from the seed: all taken back in turn is as it was at first, all done again as it was at last. */
    @Test
    void undoingEverythingLeadsBackAndRedoingEverythingForth() {
        for (int seed = Integer.getInteger("tidemark.seed", 1), last = seed + 15; seed < last; seed++) {
            Random random = new Random(seed);
            Map<String, Object> atFirst = tables();
            List<List<Transaction.RowEdit>> done = new ArrayList<>();
            for (int step = 0; step < 30; step++) {
                done.add(write(a, tx -> randomly(tx, random)));
            }
            Map<String, Object> atLast = tables();
            List<List<Transaction.RowEdit>> undone = new ArrayList<>();
            done.reversed().forEach(edits -> undone.add(revert(a, edits)));
            assertThat(tables()).as("seed %s, undone", seed).isEqualTo(atFirst);
            undone.reversed().forEach(edits -> revert(a, edits));
            assertThat(tables()).as("seed %s, redone", seed).isEqualTo(atLast);
        }
    }

    private Map<String, Object> tables() {
        Map<String, Object> tables = new HashMap<>();
        tables.put("folder", Replicas.column(a, "SELECT hex(id) || name FROM folder ORDER BY id"));
        tables.put(
                "task",
                Replicas.column(
                        a,
                        "SELECT hex(id) || quote(title) || quote(done) || quote(folder_id) || quote(code) FROM task"
                                + " ORDER BY id"));
        tables.put("note", Replicas.column(a, "SELECT hex(id) || quote(body) FROM note ORDER BY id"));
        return tables;
    }

    private static void randomly(Transaction tx, Random random) {
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            UUID some = new UUID(0, random.nextInt(6));
            UUID folder = new UUID(1, random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> tx.execute("INSERT OR IGNORE INTO folder VALUES (?, ?)", folder, "f" + random.nextInt(3));
                case 1 -> tx.execute("DELETE FROM folder WHERE id = ?", folder);
                case 2 ->
                    tx.execute(
                            "INSERT OR REPLACE INTO task(id, title, folder_id) VALUES (?, ?,"
                                    + " (SELECT id FROM folder WHERE id = ?))",
                            some,
                            "t" + random.nextInt(3),
                            folder);
                case 3 -> tx.execute("UPDATE task SET title = ?, done = 1 - done WHERE id <= ?", "u", some);
                case 4 -> tx.execute("DELETE FROM task WHERE id = ?", some);
                case 5 -> tx.execute("UPDATE task SET folder_id = NULL WHERE folder_id = ?", folder);
                case 6 -> tx.execute("UPDATE OR IGNORE task SET code = ? WHERE id = ?", "c" + random.nextInt(2), some);
                default -> tx.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", some, random.nextDouble());
            }
        }
    }
}
