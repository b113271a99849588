package dev.tidemark.engine.internal.store;

import static dev.tidemark.engine.internal.store.Replicas.changes;
import static dev.tidemark.engine.internal.store.Replicas.id;
import static dev.tidemark.engine.internal.store.Replicas.run;
import static dev.tidemark.engine.internal.store.Replicas.sync;
import static dev.tidemark.engine.internal.store.Replicas.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Maintenance.CheckReport;
import dev.tidemark.engine.changelog.Maintenance.Difference;
import dev.tidemark.engine.changelog.Maintenance.RepairReport;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repair writes rows that differ from their changes again; on request it records them as edits. */
class RepairTest {
    private static final RepairReport NOTHING = new RepairReport(List.of(), 0, 0, 0, 0, null, false);

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase here;
    private SqliteDatabase there;
    private final UUID kept = id();
    private final UUID other = id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        here = replicas.open("here");
        there = replicas.open("there");
        run(here, "INSERT INTO task(id, title) VALUES (?, 'milk')", kept);
        run(here, "INSERT INTO task(id, title, done) VALUES (?, 'bread', 1)", other);
        run(here, "UPDATE task SET title = 'butter' WHERE id = ?", kept);
        sync(here, there);
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void aSoundDatabaseIsLeftAsItIs() {
        int before = changes(here).size();

        assertThat(here.maintenance().repair()).isEqualTo(NOTHING);

        assertThat(changes(here)).hasSize(before);
    }

    @Test
    void aRowThatAnotherProgramAddedReachesTheOtherDevice() throws SQLException {
        UUID added = id();
        byAnotherProgram("INSERT INTO task(id, title) VALUES (?, 'eggs')", added);

        assertThat(here.maintenance().adopt()).isEqualTo(new RepairReport(List.of(), 1, 0, 0, 0, null, false));

        sync(here, there);
        assertThat(value(there, "SELECT title FROM task WHERE id = ?", added)).isEqualTo("eggs");
        assertThat(there.dump()).isEqualTo(here.dump());
    }

    @Test
    void aValueThatAnotherProgramChangedReachesTheOtherDevice() throws SQLException {
        byAnotherProgram("UPDATE task SET title = 'cheese' WHERE id = ?", kept);

        assertThat(here.maintenance().adopt()).isEqualTo(new RepairReport(List.of(), 0, 1, 0, 0, null, false));

        assertThat(changes(here).getLast().values()).containsOnlyKeys("title").containsEntry("title", "cheese");
        sync(here, there);
        assertThat(value(there, "SELECT title FROM task WHERE id = ?", kept)).isEqualTo("cheese");
        assertThat(StateDump.of(there)).isEqualTo(StateDump.of(here));
    }

    @Test
    void aRowThatAnotherProgramDeletedIsDeletedOnTheOtherDeviceAndCanComeBackWhole() throws SQLException {
        byAnotherProgram("DELETE FROM task WHERE id = ?", other);

        assertThat(here.maintenance().adopt()).isEqualTo(new RepairReport(List.of(), 0, 0, 1, 0, null, false));

        run(there, "UPDATE task SET title = 'rolls' WHERE id = ?", other);
        sync(here, there);
        assertThat(StateDump.of(there)).isEqualTo(StateDump.of(here));
        assertThat(value(here, "SELECT done FROM task WHERE id = ?", other)).isEqualTo(1L);
        assertThat(here.conflicts()).hasSize(1);
    }

    @Test
    void aDeletedRowThatAnotherProgramPutBackIsBackOnTheOtherDevice() throws SQLException {
        run(here, "DELETE FROM task WHERE id = ?", other);
        sync(here, there);
        byAnotherProgram("INSERT INTO task(id, title) VALUES (?, 'back')", other);

        assertThat(here.maintenance().adopt()).isEqualTo(new RepairReport(List.of(), 1, 0, 0, 0, null, false));

        sync(here, there);
        assertThat(value(there, "SELECT title FROM task WHERE id = ?", other)).isEqualTo("back");
        assertThat(StateDump.of(there)).isEqualTo(StateDump.of(here));
    }

    @Test
    void aDefaultThatAnotherProgramFilledReachesTheOtherDevice() throws SQLException {
        Schema more = Schema.builder()
                .migration("tasks", Replicas.TASKS.migrations().getFirst().step())
                .migration("stars", "ALTER TABLE task ADD COLUMN stars INTEGER NOT NULL DEFAULT 0")
                .synced("folder", "task", "note")
                .build();
        here = replicas.reopen(here, more);
        there = replicas.reopen(there, more);
        byAnotherProgram("UPDATE task SET stars = 5 WHERE id = ?", kept);

        assertThat(here.maintenance().adopt()).isEqualTo(new RepairReport(List.of(), 0, 1, 0, 0, null, false));

        sync(here, there);
        assertThat(value(there, "SELECT stars FROM task WHERE id = ?", kept)).isEqualTo(5L);
        assertThat(value(there, "SELECT stars FROM task WHERE id = ?", other)).isEqualTo(0L);
    }

    @Test
    void aFlippedByteIsNoEditAndIsWrittenAgainFromItsChange() throws SQLException {
        byAnotherProgram("UPDATE task SET title = 'buttes' WHERE id = ?", kept);
        int before = changes(here).size();

        assertThat(here.maintenance().repair()).isEqualTo(new RepairReport(List.of(), 0, 1, 0, 0, null, false));

        assertThat(value(here, "SELECT title FROM task WHERE id = ?", kept)).isEqualTo("butter");
        assertThat(changes(here)).hasSize(before);
    }

    @Test
    void aWrongIdIsReplacedByTheRowOfItsChange() throws SQLException {
        byAnotherProgram("UPDATE task SET id = x'00000000000000000000000000000000' WHERE id = ?", other);

        assertThat(here.maintenance().repair()).isEqualTo(new RepairReport(List.of(), 1, 0, 1, 0, null, false));

        assertThat(here.dump()).isEqualTo(there.dump());
    }

    @Test
    void aRowWhoseStateDoesNotAgreeWithItsChangesIsReportedAndNothingIsWritten() throws SQLException {
        byAnotherProgram("UPDATE tm_row SET cells = replace(cells, substr(cells, 4, 1), x'3f') WHERE id = ?", other);
        byAnotherProgram("UPDATE task SET title = 'cheese' WHERE id = ?", kept);

        CheckReport check = here.maintenance().check();

        assertThat(check.damage()).singleElement().asString().contains(other.toString(), "task");
        assertThat(check.isRepairable()).isFalse();
        assertThat(here.maintenance().repair().damage()).isEqualTo(check.damage());
        assertThat(value(here, "SELECT title FROM task WHERE id = ?", kept)).isEqualTo("cheese");
    }

    @Test
    void aWriteThatClaimsTheChangeOfAnotherRowIsReported() throws SQLException {
        // The fourth byte of the packed state is the sequence number. Change 3 is of the first row.
        byAnotherProgram(
                "UPDATE tm_row SET cells = cast(substr(cells, 1, 3) || x'03' || substr(cells, 5) AS BLOB) WHERE id = ?",
                other);

        assertThat(here.maintenance().check().damage())
                .singleElement()
                .asString()
                .contains(other.toString());
    }

    @Test
    void aFlippedByteOfAShortBlockOfTheChangelogIsReportedAsDamage() throws SQLException {
        byAnotherProgram("UPDATE tm_log SET body = cast(replace(body, 'butter', 'buttes') AS BLOB)");

        assertThat(here.maintenance().check().damage())
                .singleElement()
                .asString()
                .contains("checksum");
    }

    @Test
    void changesThatAreMissingFromTheChangelogAreReportedAsDamage() throws SQLException {
        byAnotherProgram("DELETE FROM tm_log WHERE id = (SELECT min(id) + 1 FROM tm_log)");

        RepairReport repair = here.maintenance().repair();

        assertThat(repair.damage()).singleElement().asString().contains("2");
        assertThat(repair.inserted() + repair.changed() + repair.deleted()).isZero();
    }

    @Test
    void aCheckNamesWhatDiffersAndARepairBringsBackWhatTheChangesWrote() throws SQLException {
        UUID added = id();
        byAnotherProgram("INSERT INTO task(id, title) VALUES (?, 'eggs')", added);
        byAnotherProgram("UPDATE task SET title = 'cheese' WHERE id = ?", kept);
        byAnotherProgram("DELETE FROM task WHERE id = ?", other);
        int before = changes(here).size();

        CheckReport check = here.maintenance().check();

        assertThat(check.differences())
                .containsExactlyInAnyOrder(
                        new Difference("task", added, Difference.Kind.INSERTED),
                        new Difference("task", kept, Difference.Kind.CHANGED),
                        new Difference("task", other, Difference.Kind.DELETED));
        assertThat(changes(here)).hasSize(before);
        assertThat(here.maintenance().repair()).isEqualTo(new RepairReport(List.of(), 1, 1, 1, 0, null, false));
        assertThat(here.maintenance().check().isSound()).isTrue();
        assertThat(changes(here)).hasSize(before);
        assertThat(value(here, "SELECT title FROM task WHERE id = ?", kept)).isEqualTo("butter");
        assertThat(here.dump()).isEqualTo(there.dump());
    }

    @Test
    void aDamagedIndexIsBuiltAgain() throws SQLException, IOException {
        byAnotherProgram("CREATE INDEX task_title ON task(title)");
        emptyPage("SELECT rootpage FROM sqlite_schema WHERE name = 'task_title'");
        CheckReport check = here.maintenance().check();
        assertThat(check.damage()).isNotEmpty();
        assertThat(check.isRepairable()).isTrue();

        RepairReport repair = here.maintenance().repair();

        assertThat(repair).isEqualTo(new RepairReport(List.of(), 0, 0, 0, 0, repair.backup(), true));
        assertThat(repair.backup()).exists();

        assertThat(here.maintenance().check()).isEqualTo(new CheckReport(List.of(), false, List.of(), false));
    }

    @Test
    void aDamagedTableIsReportedAndNothingIsAdoptedFromIt() throws SQLException, IOException {
        emptyPage("SELECT rootpage FROM sqlite_schema WHERE name = 'task'");
        CheckReport check = here.maintenance().check();
        assertThat(check.damage()).isNotEmpty();
        assertThat(check.isRepairable()).isFalse();

        RepairReport repair = here.maintenance().repair();

        assertThat(repair.damage()).isNotEmpty();
        assertThat(repair.deleted()).isZero();
    }

    @Test
    void flippedBitsOfTheChangelogAreReportedAsDamage() throws SQLException {
        byAnotherProgram("UPDATE tm_log SET body = cast(x'ff' || substr(body, 2) AS BLOB)");

        CheckReport check = here.maintenance().check();

        assertThat(check.damage()).isNotEmpty();
        assertThat(check.isRepairable()).isFalse();
    }

    /** Writes that the page has no cells. */
    private void emptyPage(String number) throws IOException {
        long page = (Long) java.util.Objects.requireNonNull(value(here, number));
        here.close();
        try (RandomAccessFile file = new RandomAccessFile(replicas.file("here").toFile(), "rw")) {
            file.seek((page - 1) * 4096 + 3);
            file.write(new byte[] {0, 0});
        }
        here = replicas.open("here");
    }

    private void byAnotherProgram(String sql, UUID... ids) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(here.file()));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < ids.length; index++) {
                statement.setBytes(index + 1, dev.tidemark.engine.internal.codec.ChangeCodec.bytesOf(ids[index]));
            }
            statement.executeUpdate();
        }
    }
}
