package dev.tidemark.engine.internal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r11: the engine tracks a migration's writes, and they lose against every user's write. */
class MigrationTest {
    private static final Schema ONE = Schema.builder()
            .migration("items", "CREATE TABLE item(id BLOB PRIMARY KEY NOT NULL, title TEXT, size INTEGER)")
            .synced("item")
            .build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase one;
    private SqliteDatabase two;
    private final UUID item = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, ONE);
        one = replicas.open("one");
        two = replicas.open("two");
        Replicas.run(one, "INSERT INTO item VALUES (?, 'ball', 3)", item);
        Replicas.sync(one, two);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static Schema.Builder after(Schema schema) {
        Schema.Builder builder = Schema.builder();
        schema.migrations().forEach(step -> builder.migration(step.name(), step.step()));
        return builder.synced(schema.synced().toArray(String[]::new));
    }

    private static Schema with(Schema schema, String... steps) {
        Schema.Builder builder = after(schema);
        for (String step : steps) {
            builder.migration("step " + step, step);
        }
        return builder.build();
    }

    private static final String ADD_COLOUR = "ALTER TABLE item ADD COLUMN colour TEXT;";
    private static final String FILL_COLOUR = "UPDATE item SET colour = 'grey ' || title;";

    private static void expectAlike(SqliteDatabase one, SqliteDatabase other) {
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(one));
        assertThat(other.dump()).isEqualTo(one.dump());
        assertThat(other.conflicts()).isEqualTo(one.conflicts());
        assertThat(other.changelog().vector()).isEqualTo(one.changelog().vector());
    }

    @Test
    void fillIsAChangeWithAStampBelowEveryPersons() {
        Schema filled = with(ONE, ADD_COLOUR + FILL_COLOUR);
        one = replicas.reopen(one, filled);
        List<Change> changes = Replicas.changes(one);
        Change fill = changes.getLast();
        assertThat(changes).extracting(Change::kind).containsExactly(Kind.INSERT, Kind.SCHEMA, Kind.UPDATE);
        assertThat(fill.values()).containsExactly(java.util.Map.entry("colour", "grey ball"));
        assertThat(fill.isFromMigration()).isTrue();
        assertThat(fill.timestamp().toUuid().version()).isEqualTo(7);
        assertThat(Instant.ofEpochMilli(fill.wallMillis())).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
        Replicas.sync(one, two);
        assertThat(two.waitingCells()).hasSize(1);
        two = replicas.reopen(two, filled);
        assertThat(Replicas.changes(two))
                .as("held already, so only news of the step")
                .hasSize(4);
        Replicas.sync(one, two);
        expectAlike(one, two);
        one = replicas.reopen(one, filled);
        assertThat(Replicas.column(one, "SELECT colour FROM item")).containsExactly("grey ball");
        assertThat(Replicas.changes(one)).as("steps run once").hasSize(4);
    }

    @Test
    void columnWithAConstantDefaultTracksNothingEvenWhereItsTypeTurnsTheDefault() {
        one = replicas.reopen(one, with(ONE, """
            ALTER TABLE item ADD COLUMN weight REAL NOT NULL DEFAULT 1;
            ALTER TABLE item ADD COLUMN code TEXT DEFAULT 7;
            UPDATE item SET weight = weight\
            """));
        assertThat(Replicas.changes(one)).extracting(Change::kind).containsExactly(Kind.INSERT, Kind.SCHEMA);
        assertThat(Replicas.value(one, "SELECT weight || code FROM item")).isEqualTo("1.07");
    }

    @Test
    void personsEditBeatsAFillInAnyOrderOfArrival() {
        Schema filled = with(ONE, ADD_COLOUR + FILL_COLOUR);
        Schema added = with(ONE, ADD_COLOUR);
        SqliteDatabase person = replicas.open("person", added);
        Replicas.pull(one, person, Batch.Limit.DEFAULT);
        Replicas.run(person, "UPDATE item SET colour = 'red'");
        person = replicas.reopen(person, filled);
        one = replicas.reopen(one, filled);
        SqliteDatabase editFirst = replicas.open("editFirst", filled);
        Replicas.pull(person, editFirst, Batch.Limit.DEFAULT);
        Replicas.pull(one, editFirst, Batch.Limit.DEFAULT);
        SqliteDatabase fillFirst = replicas.open("fillFirst", filled);
        Replicas.pull(one, fillFirst, Batch.Limit.DEFAULT);
        Replicas.pull(person, fillFirst, Batch.Limit.DEFAULT);
        for (SqliteDatabase database : List.of(editFirst, fillFirst)) {
            assertThat(Replicas.column(database, "SELECT colour FROM item")).containsExactly("red");
            assertThat(database.conflicts()).isEmpty();
        }
        Replicas.syncAll(one, person, editFirst, fillFirst);
        expectAlike(one, person);
        expectAlike(one, editFirst);
        expectAlike(one, fillFirst);
    }

    @Test
    void personWhoseClockSays1970BeatsAFill() {
        Schema filled = with(ONE, ADD_COLOUR + FILL_COLOUR);
        one = replicas.reopen(one, filled);
        SqliteDatabase wrong = replicas.open("wrong", filled, () -> Instant.ofEpochMilli(7));
        Replicas.run(wrong, "INSERT INTO item(id, colour) VALUES (?, 'blue')", item);
        Replicas.sync(wrong, one);
        assertThat(Replicas.column(one, "SELECT colour FROM item")).containsExactly("blue");
        assertThat(one.conflicts()).extracting(Conflict::column).containsExactly("size", "title");
        expectAlike(one, wrong);
    }

    @Test
    void devicesThatFillDifferentlyConvergeWithoutAConflict() {
        Schema random = with(ONE, ADD_COLOUR + "UPDATE item SET colour = hex(randomblob(8));");
        one = replicas.reopen(one, random);
        two = replicas.reopen(two, random);
        Replicas.sync(one, two);
        expectAlike(one, two);
        assertThat(one.conflicts()).isEmpty();
    }

    @Test
    void laterStepOverwritesWhatAnEarlierOneFilledOnAllDevices() {
        Schema first = with(ONE, ADD_COLOUR + FILL_COLOUR);
        Schema second = with(first, "UPDATE item SET colour = upper(colour)");
        one = replicas.reopen(one, second);
        two = replicas.reopen(two, first);
        Replicas.pull(one, two, Batch.Limit.DEFAULT);
        assertThat(Replicas.column(two, "SELECT colour FROM item")).containsExactly("GREY BALL");
        SqliteDatabase late = replicas.open("late", ONE);
        Replicas.pull(one, late, Batch.Limit.DEFAULT);
        late = replicas.reopen(late, first);
        assertThat(Replicas.column(late, "SELECT colour FROM item"))
                .as("the later step's value came before the earlier step ran")
                .containsExactly("GREY BALL");
        Replicas.syncAll(one, two, late);
        expectAlike(one, two);
        expectAlike(one, late);
    }

    @Test
    void rebuiltTableIsComparedWithWhatItHeld() {
        one = replicas.reopen(one, with(ONE, """
            CREATE TABLE item_new(id BLOB PRIMARY KEY NOT NULL, title TEXT, size INTEGER, half REAL);
            INSERT INTO item_new SELECT id, title, size, size / 2.0 FROM item;
            DROP TABLE item;
            ALTER TABLE item_new RENAME TO item\
            """));
        assertThat(Replicas.changes(one).getLast().values()).containsExactly(java.util.Map.entry("half", 1.5));
    }

    @Test
    void rowsOfAMigrationReachOthersAndSurviveNoDeleteByAPerson() {
        UUID inbox = Replicas.id();
        String seed =
                "INSERT INTO item(id, title) VALUES (x'" + inbox.toString().replace("-", "") + "', 'inbox')";
        Schema seeded = with(ONE, seed);
        one = replicas.reopen(one, seeded);
        Replicas.sync(one, two);
        assertThat(Replicas.column(two, "SELECT title FROM item ORDER BY title"))
                .containsExactly("ball", "inbox");
        Replicas.run(one, "DELETE FROM item WHERE id = ?", inbox);
        SqliteDatabase fresh = replicas.open("fresh", seeded);
        assertThat(Replicas.changes(fresh)).extracting(Change::kind).containsExactly(Kind.INSERT);
        assertThat(Replicas.changes(fresh).getFirst().isFromMigration()).isTrue();
        Replicas.syncAll(one, fresh);
        expectAlike(one, fresh);
        assertThat(Replicas.column(fresh, "SELECT title FROM item")).containsExactly("ball");
        assertThat(fresh.conflicts()).isEmpty();
        Replicas.pull(one, two, Batch.Limit.DEFAULT);
        two = replicas.reopen(two, seeded);
        assertThat(Replicas.column(two, "SELECT title FROM item"))
                .as("the seed of a device that had heard of the delete")
                .containsExactly("ball");
        Replicas.syncAll(one, fresh, two);
        expectAlike(one, two);
    }

    @Test
    void fillThatComesInASecondStepLeavesCellsThatHadWaited() {
        Schema three = with(ONE, ADD_COLOUR, FILL_COLOUR);
        SqliteDatabase person = replicas.open("person", three);
        Replicas.pull(one, person, Batch.Limit.DEFAULT);
        Replicas.run(person, "UPDATE item SET colour = 'red'");
        Replicas.pull(person, two, Batch.Limit.DEFAULT);
        two = replicas.reopen(two, three);
        assertThat(Replicas.column(two, "SELECT colour FROM item")).containsExactly("red");
        assertThat(two.waitingCells()).isEmpty();
        Replicas.sync(two, person);
        expectAlike(two, person);
    }

    @Test
    void rowThatWaitsAndIsFilledElsewhereKeepsBoth() {
        Schema both = with(ONE, ADD_COLOUR, "ALTER TABLE item ADD COLUMN rank INTEGER; UPDATE item SET rank = size");
        SqliteDatabase person = replicas.open("person", with(ONE, ADD_COLOUR));
        Replicas.pull(one, person, Batch.Limit.DEFAULT);
        Replicas.run(person, "UPDATE item SET colour = 'red'");
        Replicas.pull(person, two, Batch.Limit.DEFAULT);
        two = replicas.reopen(two, both);
        assertThat(Replicas.value(two, "SELECT colour || rank FROM item")).isEqualTo("red3");
        person = replicas.reopen(person, both);
        Replicas.sync(two, person);
        expectAlike(two, person);
    }

    @Test
    void fillNeitherOpensNorEndsAConflict() {
        Replicas.run(one, "UPDATE item SET title = 'round'");
        Replicas.run(two, "UPDATE item SET title = 'square'");
        Replicas.run(two, "DELETE FROM item");
        Replicas.run(one, "UPDATE item SET size = 4");
        Replicas.sync(one, two);
        assertThat(one.conflicts()).isNotEmpty();
        List<?> before = one.conflicts();
        one = replicas.reopen(one, with(ONE, ADD_COLOUR + FILL_COLOUR));
        assertThat(one.conflicts()).isEqualTo(before);
        Replicas.sync(one, two);
        assertThat(two.conflicts()).isEqualTo(before);
    }

    @Test
    void parentThatAFillNamesAndNobodyHasHidesTheRow() {
        one = replicas.reopen(one, with(ONE, """
            ALTER TABLE item ADD COLUMN parent BLOB REFERENCES item(id);
            UPDATE item SET parent = x'00112233445566778899aabbccddeeff'\
            """));
        assertThat(Replicas.column(one, "SELECT * FROM item")).isEmpty();
        assertThat(one.hiddenRows()).hasSize(1);
    }

    @Test
    void whatAMigrationHadSeenIsListedBeforeWhatItWrote() {
        Replicas.run(two, "UPDATE item SET title = 'seen by the migration'");
        Replicas.pull(two, one, Batch.Limit.DEFAULT);
        one = replicas.reopen(one, with(ONE, ADD_COLOUR + FILL_COLOUR));
        Replicas.run(one, "UPDATE item SET size = 5");
        Set<Dot> listed = new HashSet<>();
        for (Change change : Replicas.changes(one)) {
            change.context()
                    .vector()
                    .heads()
                    .forEach((replica, head) -> assertThat(listed).contains(new Dot(replica, head)));
            listed.add(change.dot());
        }
        for (int size = 1; size < 4; size++) {
            SqliteDatabase fresh = replicas.open("fresh" + size, with(ONE, ADD_COLOUR + FILL_COLOUR));
            Replicas.pull(one, fresh, new Batch.Limit(size, 1 << 20));
            assertThat(fresh.dump()).isEqualTo(one.dump());
        }
    }

    @Test
    void migrationDoesNotMoveTheClock() {
        long before = Replicas.changes(one).getLast().hlcTime();
        one = replicas.reopen(one, with(ONE, ADD_COLOUR + FILL_COLOUR));
        Replicas.run(one, "UPDATE item SET size = 5");
        Change edit = Replicas.changes(one).getLast();
        assertThat(edit.hlcTime()).isGreaterThan(before);
        assertThat(edit.isFromMigration()).isFalse();
        assertThat(edit.timestamp().millis()).isEqualTo(edit.wallMillis());
    }

    @Test
    void theSqlOfAStepIsInTheChangelogOnceForEachStatementAndWithoutValues() {
        Schema schema = after(ONE)
                .migration("many", tables -> {
                    tables.execute("CREATE TABLE a(x); CREATE TABLE b(x)");
                    for (int value = 0; value < 3; value++) {
                        tables.execute("INSERT INTO a VALUES (?)", "secret " + value);
                    }
                    tables.execute("CREATE TABLE c(x) /* " + "long ".repeat(20_000) + "*/");
                })
                .build();
        VersionVector vector = one.changelog().vector();
        one = replicas.reopen(one, schema);
        Change step = Replicas.changes(one, vector).getFirst();
        assertThat((String) step.values().get("sql"))
                .startsWith(
                        "CREATE TABLE a(x);\nCREATE TABLE b(x);\nINSERT INTO a VALUES (?);\nCREATE TABLE c(x) /* long")
                .endsWith("…")
                .hasSize(64 << 10);
    }

    @Test
    void schemaStepIsNewsThatTravelsAndChangesNothing() {
        one = replicas.reopen(one, with(ONE, ADD_COLOUR, "CREATE TABLE local(x)"));
        String before = StateDump.of(two);
        VersionVector vector = two.changelog().vector();
        Replicas.pull(one, two, Batch.Limit.DEFAULT);
        List<Change> news = Replicas.changes(two, vector);
        assertThat(news).extracting(Change::kind).containsOnly(Kind.SCHEMA);
        assertThat(news).extracting(change -> change.values().get("version")).containsExactly(2L, 3L);
        assertThat(news.getLast().values().get("name")).isEqualTo("step CREATE TABLE local(x)");
        assertThat(news.getLast().values().get("sql")).isEqualTo("CREATE TABLE local(x)");
        assertThat(StateDump.of(two)).isEqualTo(before);
        SqliteDatabase third = replicas.open("third");
        Replicas.pull(two, third, Batch.Limit.DEFAULT);
        assertThat(third.changelog().vector()).isEqualTo(one.changelog().vector());
        assertThat(Replicas.column(third, "SELECT id FROM item")).hasSize(1);
    }
}
