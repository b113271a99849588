package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repeated saves of a growing field cost the typed text instead of its length each, and no exported change is ever
 * modified.
 */
class LongTextSquashTest {
    private static final String LONG = "Lorem ipsum dolor sit amet. ".repeat(20);

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;
    private final UUID id = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        b = replicas.open("b");
        Replicas.run(a, "INSERT INTO note VALUES (?, ?)", id, "");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void save(SqliteDatabase database, String body) {
        Replicas.run(database, "UPDATE note SET body = ? WHERE id = ?", body, id);
    }

    /** What the file holds, read without handing it out. */
    private static List<Change> log(SqliteDatabase database) {
        return database.query(
                statements -> new LogReader(statements, new NameDictionary(statements.connection())).readFrom(1, 1));
    }

    private static List<String> bodies(List<Change> changes) {
        return changes.stream()
                .map(change -> Objects.toString(change.values().get("body"), "-"))
                .map(body -> body.substring(Math.max(0, body.length() - 3)))
                .toList();
    }

    @Test
    void onlyTheLastOfManySavesKeepsItsContentAndNumbersHaveNoGap() {
        for (int count = 100; count < 110; count++) {
            save(a, LONG + count);
        }

        assertThat(log(a))
                .extracting(change -> change.dot().sequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(bodies(log(a))).containsExactly("", "-", "-", "-", "-", "-", "-", "-", "-", "-", "109");
        assertThat(log(a).get(4).kind()).isEqualTo(Change.Kind.UPDATE);
    }

    @Test
    void twoDatabasesAgreeWhenOneHasSquashedAndTheOtherEditsAsWell() {
        Replicas.sync(a, b);
        for (int count = 0; count < 5; count++) {
            save(a, LONG + count);
            Replicas.run(a, "INSERT INTO note VALUES (?, ?)", Replicas.id(), "another " + count);
        }
        save(b, "short, and meanwhile");
        Replicas.sync(a, b);
        Replicas.sync(a, b);

        assertThat(a.dump()).isEqualTo(b.dump());
        assertThat(StateDump.of(a)).isEqualTo(StateDump.of(b));
        assertThat(a.conflicts()).hasSize(1).isEqualTo(b.conflicts());
        new Oracle(Replicas.changes(a)).check(a);
        new Oracle(Replicas.changes(b)).check(b);
    }

    @Test
    void exportedChangesNeverChange() {
        save(a, LONG + "100");
        List<Change> handedOut = Replicas.changes(a);
        save(a, LONG + "101");
        save(a, LONG + "102");

        assertThat(bodies(log(a))).containsExactly("", "100", "-", "102");
        assertThat(log(a).subList(0, 2)).isEqualTo(handedOut);
    }

    @Test
    void exportedChangesNeverChangeAfterReopening() {
        save(a, LONG + "100");
        List<Change> handedOut = Replicas.changes(a);
        a = replicas.reopen(a);
        save(a, LONG + "101");
        save(a, LONG + "102");

        assertThat(log(a).subList(0, 2)).isEqualTo(handedOut);
        assertThat(bodies(log(a))).containsExactly("", "100", "-", "102");
    }

    @Test
    void aReaderThatStartedEarlierGetsNothingThatChangesLater() {
        save(a, LONG + "100");
        try (dev.tidemark.engine.changelog.Batch.Reader reader =
                a.changelog().read(VersionVector.EMPTY, new dev.tidemark.engine.changelog.Batch.Limit(1, 1 << 20))) {
            List<Change> first = Objects.requireNonNull(reader.next()).changes();
            save(a, LONG + "101");
            save(a, LONG + "102");
            List<Change> second = Objects.requireNonNull(reader.next()).changes();

            assertThat(log(a).getFirst()).isEqualTo(first.getFirst());
            assertThat(log(a).get(1)).isEqualTo(second.getFirst());
            assertThat(bodies(second)).containsExactly("100");
            assertThat(bodies(Objects.requireNonNull(reader.next()).changes()))
                    .as("what came later, as it is by now")
                    .containsExactly("-");
            save(a, LONG + "103");
            assertThat(bodies(Objects.requireNonNull(reader.next()).changes())).containsExactly("102");
            assertThat(bodies(log(a))).containsExactly("", "100", "-", "102", "103");
        }
    }

    @Test
    void neverSquashesAcrossAnotherReplicasChange() {
        Replicas.sync(a, b);
        save(a, LONG + "100");
        Replicas.run(b, "INSERT INTO note VALUES (?, ?)", Replicas.id(), "of somebody else");
        Replicas.pull(b, a, dev.tidemark.engine.changelog.Batch.Limit.DEFAULT);
        save(a, LONG + "101");

        assertThat(bodies(log(a))).containsExactly("", "100", "101");
    }

    @Test
    void neverSquashesAcrossAnUnseenChangeOfAnotherReplica() {
        Replicas.sync(a, b);
        VersionVector opened = a.changelog().vector();
        a.writeBasedOn(opened, tx -> tx.execute("UPDATE note SET body = ? WHERE id = ?", LONG + "100", id));
        save(b, "of somebody else");
        Replicas.pull(b, a, dev.tidemark.engine.changelog.Batch.Limit.DEFAULT);
        a.writeBasedOn(opened, tx -> tx.execute("UPDATE note SET body = ? WHERE id = ?", LONG + "101", id));

        assertThat(bodies(log(a))).containsExactly("", "100", "101");
    }

    @Test
    void onlySavesOfTheSameColumnsOfTheSameRowAreSquashed() {
        UUID task = Replicas.id();
        Replicas.run(a, "INSERT INTO task(id, title) VALUES (?, '')", task);
        Replicas.run(a, "UPDATE task SET title = ? WHERE id = ?", LONG + "100", task);
        save(a, LONG + "100");
        Replicas.run(a, "UPDATE task SET title = ?, done = 1 WHERE id = ?", LONG + "101", task);
        Replicas.run(a, "UPDATE task SET done = 0 WHERE id = ?", task);
        Replicas.run(a, "UPDATE task SET title = ?, done = 1 WHERE id = ?", LONG + "102", task);
        Replicas.run(a, "UPDATE task SET title = ?, done = 0 WHERE id = ?", LONG + "103", task);

        assertThat(log(a)).extracting(change -> change.values().size()).containsExactly(1, 4, 1, 1, 2, 1, 0, 2);
    }

    @Test
    void aRowDeletedAndPutBackInBetweenIsNotSquashed() {
        save(a, LONG + "100");
        Replicas.run(a, "DELETE FROM note WHERE id = ?", id);
        Replicas.run(a, "INSERT INTO note VALUES (?, ?)", id, LONG + "101");
        save(a, LONG + "102");

        assertThat(bodies(log(a))).containsExactly("", "100", "-", "101", "102");
        assertThat(log(a).get(2).kind()).isEqualTo(Change.Kind.DELETE);
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Test
    void aTransactionThatRollsBackSquashesNothing() {
        save(a, LONG + "100");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> a.write(tx -> {
                    tx.execute("UPDATE note SET body = ? WHERE id = ?", LONG + "101", id);
                    throw new IllegalStateException("no");
                })))
                .hasMessage("no");
        assertThat(bodies(log(a))).containsExactly("", "100");

        save(a, LONG + "102");
        assertThat(log(a)).hasSize(3);
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Test
    void aSaveBesideOtherRowsIsSquashedAsWell() {
        UUID parent = Replicas.id();
        Replicas.run(a, "INSERT INTO folder VALUES (?, '0')", parent);
        for (int count = 100; count < 105; count++) {
            String body = LONG + count;
            String name = String.valueOf(count);
            a.write(tx -> {
                tx.execute("UPDATE folder SET name = ? WHERE id = ?", name, parent);
                return tx.execute("UPDATE note SET body = ? WHERE id = ?", body, id);
            });
        }

        assertThat(log(a).stream().filter(change -> change.values().containsKey("body")))
                .hasSize(2);
        Replicas.sync(a, b);
        assertThat(b.dump()).isEqualTo(a.dump());
    }

    @Proof
    @Test
    void anHourOfTypingInANoteOfAMegabyteAddsAFewMegabytes() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < 1_000_000) {
            text.append(Integer.toString(random.nextInt(), 36)).append(' ');
        }
        save(a, text.toString());
        int saves = 60;
        long before = size(a);
        for (int count = 0; count < saves; count++) {
            text.append(" and then");
            save(a, text.toString());
        }
        a.close();
        long added = Files.size(folder.resolve("a.db")) - before;
        System.out.printf("%d saves of a note of 1 MB added %d bytes%n", saves, added);

        // Without squashing: 60 times what is left of a megabyte after deflating.
        assertThat(added).isLessThan(4L << 20);
        a = replicas.open("a");
        assertThat(Replicas.value(a, "SELECT length(body) FROM note")).isEqualTo((long) text.length());
        assertThat(log(a).stream().map(Change::values).filter(Map::isEmpty)).hasSizeGreaterThan(saves - 2);
    }

    private static long size(SqliteDatabase database) {
        return (long) (Long)
                Replicas.value(database, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
    }
}
