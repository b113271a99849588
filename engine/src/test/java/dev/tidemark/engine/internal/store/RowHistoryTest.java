package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.RowHistory.Version.WriteStatus;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of one row, and its values at a time. */
class RowHistoryTest {
    private static final long SEED = Long.getLong("tidemark.seed", 20261121L);

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        b = replicas.open("b");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static Instant lastWritten(SqliteDatabase database) {
        return Instant.ofEpochMilli(Replicas.changes(database).stream()
                .mapToLong(Change::wallMillis)
                .max()
                .orElseThrow());
    }

    @Test
    void saysWhoWroteWhatWhenAndWhatBecameOfIt() {
        UUID id = Replicas.id();
        Replicas.run(a, "INSERT INTO task(id, title, code) VALUES (?, 'first', 'c')", id);
        Replicas.sync(a, b);
        b.setDeviceName("laptop");
        Replicas.run(b, "UPDATE task SET title = 'second', done = 1 WHERE id = ?", id);
        Replicas.sync(a, b);
        a.nameReplica(b.replica(), "laptop");
        Replicas.run(a, "UPDATE task SET title = 'third' WHERE id = ?", id);

        RowHistory history = a.history("task", id);
        assertThat(history.isComplete()).isTrue();
        assertThat(history.versions())
                .extracting(RowHistory.Version::replicaName)
                .containsExactly("a", "laptop", "a");
        assertThat(history.versions())
                .extracting(RowHistory.Version::kind)
                .containsExactly(Change.Kind.UPDATE, Change.Kind.UPDATE, Change.Kind.INSERT);
        assertThat(history.versions()).allMatch(RowHistory.Version::isComplete);
        RowHistory.Version second = history.versions().get(1);
        assertThat(second.dot()).isEqualTo(new Dot(b.replica(), 1));
        assertThat(second.columns())
                .isEqualTo(Map.of(
                        "title", new RowHistory.Version.Value("second", WriteStatus.SUPERSEDED),
                        "done", new RowHistory.Version.Value(1L, WriteStatus.CURRENT)));
        assertThat(second.status()).isEqualTo(WriteStatus.CURRENT);
        RowHistory.Version first = history.versions().getLast();
        assertThat(first.columns().get("title"))
                .isEqualTo(new RowHistory.Version.Value("first", WriteStatus.SUPERSEDED));
        assertThat(first.columns().get("code")).isEqualTo(new RowHistory.Version.Value("c", WriteStatus.CURRENT));
        assertThat(first.wallMillis()).isEqualTo(Replicas.changes(a).getFirst().wallMillis());
        a = replicas.reopen(a);
        assertThat(a.history("task", id)).isEqualTo(history);
    }

    @Test
    void writeThatLostAConflictIsCalledLosingUntilSomeoneWritesOverBoth() {
        UUID id = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'common')", id);
        Replicas.sync(a, b);
        Replicas.run(a, "UPDATE note SET body = 'by a' WHERE id = ?", id);
        Replicas.run(b, "UPDATE note SET body = 'by b' WHERE id = ?", id);
        Replicas.sync(a, b);
        assertThat(a.history("note", id).versions())
                .extracting(RowHistory.Version::status)
                .containsExactly(WriteStatus.CURRENT, WriteStatus.LOSING, WriteStatus.CURRENT);
        assertThat(a.history("note", id).versions().get(1).columns().get("body"))
                .isEqualTo(new RowHistory.Version.Value("by a", WriteStatus.LOSING));
        Replicas.run(a, "UPDATE note SET body = 'both' WHERE id = ?", id);
        assertThat(a.history("note", id).versions())
                .extracting(RowHistory.Version::status)
                .containsExactly(
                        WriteStatus.CURRENT, WriteStatus.SUPERSEDED, WriteStatus.SUPERSEDED, WriteStatus.CURRENT);
    }

    @Test
    void editThatLostAgainstADeleteIsCalledLosing() {
        UUID id = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'common')", id);
        Replicas.sync(a, b);
        Replicas.run(a, "UPDATE note SET body = 'edited' WHERE id = ?", id);
        Replicas.run(b, "DELETE FROM note WHERE id = ?", id);
        Replicas.sync(a, b);
        assertThat(a.history("note", id).versions())
                .extracting(RowHistory.Version::kind, RowHistory.Version::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Change.Kind.DELETE, WriteStatus.CURRENT),
                        org.assertj.core.groups.Tuple.tuple(Change.Kind.UPDATE, WriteStatus.LOSING),
                        org.assertj.core.groups.Tuple.tuple(Change.Kind.INSERT, WriteStatus.SUPERSEDED));
    }

    @Test
    void rowAtAnyTimeIsWhatADatabaseWithTheChangesUntilThenShows() {
        System.out.println("Seed of the rows' histories: " + SEED);
        Random random = new Random(SEED);
        List<UUID> ids = List.of(Replicas.id(), Replicas.id(), Replicas.id());
        for (int step = 0; step < 150; step++) {
            SqliteDatabase device = random.nextBoolean() ? a : b;
            UUID id = ids.get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0 -> Replicas.run(device, "DELETE FROM task WHERE id = ?", id);
                case 1 -> Replicas.sync(a, b);
                case 2, 3 -> Replicas.run(device, "UPDATE task SET done = ? WHERE id = ?", (long) step, id);
                case 4 -> Replicas.run(device, "UPDATE task SET title = ? WHERE id = ?", "t" + step, id);
                default -> Replicas.run(device, "INSERT OR IGNORE INTO task(id, title) VALUES (?, ?)", id, "i" + step);
            }
        }
        Replicas.sync(a, b);
        List<Change> all = Replicas.changes(a);
        int shown = 0;
        // All clocks are one here, which never stands still: the changes until a time are causally closed.
        try (SqliteDatabase past = replicas.open("past")) {
            for (Change next : all) {
                past.changelog().append(new Batch(List.of(next)));
                Instant time = Instant.ofEpochMilli(next.wallMillis());
                for (UUID id : ids) {
                    Optional<Map<String, Object>> at = a.history("task", id).at(time);
                    List<Object> titles = Replicas.column(past, "SELECT title FROM task WHERE id = ?", id);
                    List<Object> done = Replicas.column(past, "SELECT done FROM task WHERE id = ?", id);
                    assertThat(at.map(values -> values.get("title")).stream().toList())
                            .as("seed %d, at %s", SEED, time)
                            .isEqualTo(titles);
                    assertThat(at.map(values -> values.get("done")).stream().toList())
                            .isEqualTo(done);
                    shown += titles.size();
                }
            }
        }
        assertThat(shown).isPositive().isLessThan(all.size() * ids.size());
    }

    @Test
    void rowThatNeverWasHasNoHistoryAndATableNotSyncedIsRefused() {
        RowHistory none = a.history("note", Replicas.id());
        assertThat(none.versions()).isEmpty();
        assertThat(none.at(Instant.now())).isEmpty();
        assertThatThrownBy(() -> a.history("setting", Replicas.id())).isInstanceOf(TransactionException.class);
    }

    private static RowHistory.Version version(
            long time, Change.Kind kind, String title, WriteStatus standing, boolean whole) {
        Map<String, RowHistory.Version.Value> columns =
                kind == Change.Kind.DELETE ? Map.of() : Map.of("title", new RowHistory.Version.Value(title, standing));
        return new RowHistory.Version(new Dot(new ReplicaId(1), time), "", time, time, kind, columns, standing, whole);
    }

    @Test
    void whatDependsOnChangesThatWereCompactedAwayIsNeverGuessed() {
        List<RowHistory.Version> versions = new ArrayList<>();
        versions.add(version(90, Change.Kind.UPDATE, "now", WriteStatus.CURRENT, true));
        versions.add(version(60, Change.Kind.UPDATE, "listed", WriteStatus.SUPERSEDED, true));
        versions.add(version(20, Change.Kind.INSERT, "old", WriteStatus.CURRENT, false));
        RowHistory history = new RowHistory("note", Replicas.id(), versions, 50);

        assertThat(history.isComplete()).isFalse();
        assertThat(history.at(Instant.ofEpochMilli(95)).orElseThrow()).containsEntry("title", "now");
        assertThat(history.at(Instant.ofEpochMilli(60)).orElseThrow()).containsEntry("title", "listed");
        for (long time : new long[] {59, 20, 10}) {
            assertThatThrownBy(() -> history.at(Instant.ofEpochMilli(time)))
                    .as("at %d", time)
                    .isInstanceOf(Changelog.TruncatedException.class)
                    .hasMessageContaining("its older changes were removed");
        }
        RowHistory untouched = new RowHistory(
                "note", Replicas.id(), List.of(version(20, Change.Kind.INSERT, "old", WriteStatus.CURRENT, false)), 50);
        assertThat(untouched.at(Instant.ofEpochMilli(30)).orElseThrow()).containsEntry("title", "old");
        assertThatThrownBy(() -> untouched.at(Instant.ofEpochMilli(19)))
                .isInstanceOf(Changelog.TruncatedException.class);
        RowHistory forgotten = new RowHistory("note", Replicas.id(), List.of(), 50);
        assertThatThrownBy(() -> forgotten.at(Instant.ofEpochMilli(99)))
                .isInstanceOf(Changelog.TruncatedException.class);
    }

    @Test
    void timesOfAnotherClockCountAsTheirWritersSawThem() {
        UUID id = Replicas.id();
        Replicas.run(a, "INSERT INTO note VALUES (?, 'x')", id);
        Instant written = lastWritten(a);
        assertThat(a.history("note", id).at(written)).isPresent();
        assertThat(a.history("note", id).at(written.minusMillis(1))).isEmpty();
    }
}
