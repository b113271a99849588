package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Acceptance 23 to 25, 31 and 32: the later write wins for each column, in any order of arrival. */
class LastWriterWinsTest extends ThreeReplicas {
    @Test
    void disjointEditsAreBothEverywhere() {
        Replicas.run(a, "INSERT INTO note VALUES (?, 'from a')", Replicas.id());
        Replicas.run(b, "INSERT INTO note VALUES (?, 'from b')", Replicas.id());
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.column(database, "SELECT body FROM note ORDER BY body"))
                    .containsExactly("from a", "from b");
        }
    }

    @Test
    void sameFieldOnThreeDevicesHasOneWinnerInAnyOrderOfArrival() {
        Replicas.run(a, "UPDATE task SET title = 'a'");
        Replicas.run(b, "UPDATE task SET title = 'b'");
        Replicas.run(c, "UPDATE task SET title = 'c'");
        List<List<Change>> edits = new ArrayList<>();
        for (SqliteDatabase database : List.of(a, b, c)) {
            edits.add(Replicas.changes(database, VersionVector.EMPTY.with(a.replica(), 1)));
        }
        Object winner = null;
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            SqliteDatabase fresh = replicas.open("f" + order[0] + order[1] + order[2]);
            fresh.changelog().append(new Batch(List.of(Replicas.changes(a).getFirst())));
            for (int index : order) {
                fresh.changelog().append(new Batch(edits.get(index)));
            }
            Object title = Replicas.value(fresh, "SELECT title FROM task");
            winner = winner == null ? title : winner;
            assertThat(title).isEqualTo(winner);
            assertThat(fresh.conflicts()).hasSize(2);
        }
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.value(a, "SELECT title FROM task")).isEqualTo(winner);
        assertThat(StateDump.of(a)).isEqualTo(StateDump.of(b)).isEqualTo(StateDump.of(c));
    }

    @Test
    void differentFieldsOfOneRowBothSurvive() {
        Replicas.run(a, "UPDATE task SET title = 'oats'");
        Replicas.run(b, "UPDATE task SET done = 1");
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.value(database, "SELECT title || done FROM task"))
                    .isEqualTo("oats1");
            assertThat(database.conflicts()).isEmpty();
        }
    }

    @Test
    void editAfterSeeingAnEditFromTheFutureWinsOverIt() {
        for (Duration ahead : List.of(Duration.ofHours(1), Duration.ofDays(365))) {
            SqliteDatabase fast = replicas.open(
                    "fast" + ahead, Replicas.TASKS, () -> Instant.now().plus(ahead));
            Replicas.sync(a, fast);
            Replicas.run(fast, "UPDATE task SET title = 'from the future'");
            Changelog.AppendResult appended = null;
            try (var reader = fast.changelog().read(a.changelog().vector(), Batch.Limit.DEFAULT)) {
                appended = a.changelog().append(reader.next());
            }
            assertThat(appended.aheadOfClock().containsKey(fast.replica())).isEqualTo(ahead.toHours() > 24);
            assertThat(Replicas.value(a, "SELECT title FROM task")).isEqualTo("from the future");
            Replicas.run(a, "UPDATE task SET title = 'and corrected'");
            Replicas.syncAll(a, b, fast);
            for (SqliteDatabase database : List.of(a, b, fast)) {
                assertThat(Replicas.value(database, "SELECT title FROM task")).isEqualTo("and corrected");
                assertThat(database.conflicts()).isEmpty();
            }
        }
    }

    @Proof
    @Test
    void clockNeverGoesBackAcrossReopening() {
        SqliteDatabase d = replicas.open("d", Replicas.TASKS, () -> Instant.parse("2030-01-01T00:00:00Z"));
        Replicas.run(d, "INSERT INTO note VALUES (?, 'x')", id);
        d.close();
        d = replicas.open("d", Replicas.TASKS, () -> Instant.parse("1969-01-01T00:00:00Z"));
        for (int count = 0; count < 5000; count++) {
            int number = count;
            d.write(tx -> tx.execute("UPDATE note SET body = ?", "x" + number));
        }
        List<Change> changes = Replicas.changes(d);
        assertThat(changes)
                .extracting(change -> change.timestamp().toUuid().toString())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(changes.getLast().wallMillis())
                .isEqualTo(Instant.parse("1969-01-01T00:00:00Z").toEpochMilli());
        assertThat(changes.getLast().timestamp().millis())
                .as("the counter carries into the milliseconds")
                .isEqualTo(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli() + 1);
    }

    @Test
    void olderEditThatArrivesLateDoesNotOverwriteNewer() {
        Replicas.run(a, "UPDATE task SET title = 'older'");
        Replicas.run(b, "UPDATE task SET title = 'newer'");
        Replicas.pull(a, b, Batch.Limit.DEFAULT);
        assertThat(Replicas.value(b, "SELECT title FROM task")).isEqualTo("newer");
        Replicas.pull(b, c, Batch.Limit.DEFAULT);
        assertThat(Replicas.value(c, "SELECT title FROM task")).isEqualTo("newer");
        SqliteDatabase d = replicas.open("d");
        Replicas.pull(b, d, new Batch.Limit(1, 1));
        assertThat(Replicas.value(d, "SELECT title FROM task")).isEqualTo("newer");
    }

    @Test
    void fortySyncsWithoutChangesAddNothing() throws Exception {
        Replicas.syncAll(a, b);
        String before = StateDump.of(a);
        long changes = Replicas.changes(a).size();
        long bytes = Files.size(folder.resolve("a.db-wal"));
        for (int count = 0; count < 40; count++) {
            Replicas.sync(a, b);
        }
        assertThat(Files.size(folder.resolve("a.db-wal"))).isEqualTo(bytes);
        assertThat(StateDump.of(a)).isEqualTo(before);
        assertThat(Replicas.changes(a)).hasSize((int) changes);
    }

    @Test
    void swapsOfUniqueValuesArrive() {
        UUID other = Replicas.id();
        a.write(tx -> {
            tx.execute("UPDATE task SET code = 'x'");
            tx.execute("INSERT INTO task(id, code) VALUES (?, 'y')", other);
            return null;
        });
        Replicas.sync(a, b);
        a.write(tx -> {
            tx.execute("UPDATE task SET code = NULL WHERE id = ?", other);
            tx.execute("UPDATE task SET code = 'y' WHERE id = ?", id);
            tx.execute("UPDATE task SET code = 'x' WHERE id = ?", other);
            return null;
        });
        Replicas.sync(a, b);
        assertThat(Replicas.value(b, "SELECT code FROM task WHERE id = ?", id)).isEqualTo("y");
        assertThat(b.hiddenRows()).isEmpty();
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Test
    void batchesSplitAnywhereAndRepeatedGiveTheSame() {
        for (int count = 0; count < 30; count++) {
            Replicas.run(count % 2 == 0 ? a : b, "UPDATE task SET title = 't" + count + "'");
            Replicas.run(a, "INSERT INTO note VALUES (?, 'n')", Replicas.id());
            if (count % 7 == 0) {
                Replicas.sync(a, b);
            }
        }
        Replicas.sync(a, b);
        List<Change> all = Replicas.changes(a);
        for (int size = 1; size < all.size(); size += 6) {
            SqliteDatabase fresh = replicas.open("split" + size);
            for (int start = 0; start < all.size(); start += size) {
                Batch batch = new Batch(all.subList(Math.max(0, start - 3), Math.min(all.size(), start + size)));
                fresh.changelog().append(batch);
                assertThat(fresh.changelog().append(batch).changes()).isZero();
            }
            assertThat(StateDump.of(fresh)).isEqualTo(StateDump.of(a));
            assertThat(fresh.dump()).isEqualTo(a.dump());
            fresh.close();
        }
        List<Change> backwards = new ArrayList<>(all);
        Collections.reverse(backwards);
        assertThat(a.changelog().append(new Batch(backwards)).changes()).isZero();
    }
}
