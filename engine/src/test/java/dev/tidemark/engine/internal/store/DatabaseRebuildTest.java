package dev.tidemark.engine.internal.store;

import static dev.tidemark.engine.internal.store.Replicas.column;
import static dev.tidemark.engine.internal.store.Replicas.run;
import static dev.tidemark.engine.internal.store.Replicas.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Maintenance.MissingChanges;
import dev.tidemark.engine.changelog.Maintenance.Rebuild;
import dev.tidemark.engine.changelog.ReplicaId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged database is rebuilt from a backup and the changes that are still readable in it. */
class DatabaseRebuildTest {
    @TempDir
    private Path folder;

    private Replicas replicas;
    private Path file;
    private Path copy;
    private Path aside;
    private String dump = "";
    private ReplicaId id = new ReplicaId(1);
    private final List<UUID> tasks = new ArrayList<>();

    @BeforeEach
    void makeALibraryWithABackup() {
        replicas = new Replicas(folder, Replicas.TASKS);
        file = replicas.file("here");
        copy = folder.resolve("copy.db");
        aside = folder.resolve("here.db.damaged");
        SqliteDatabase here = replicas.open("here");
        id = here.replica();
        add(here, 100);
        here.maintenance().copyTo(copy);
        add(here, 200);
        run(here, "UPDATE task SET title = 'Changed' WHERE id = ?", tasks.get(20));
        run(here, "DELETE FROM task WHERE id = ?", tasks.get(21));
        dump = here.dump();
        here.close();
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private void add(SqliteDatabase database, int count) {
        for (int index = 0; index < count; index++) {
            UUID task = Replicas.id();
            tasks.add(task);
            run(database, "INSERT INTO task(id, title) VALUES (?, ?)", task, "Number " + tasks.size());
        }
    }

    private List<Long> asked(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Long> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }

    private void overwrite(long at, int bytes) throws IOException {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(at);
            damaged.write(new byte[bytes]);
        }
    }

    private void overwritePageOf(String table) throws Exception {
        long page = asked("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")
                .getFirst();
        overwrite((page - 1) * 4096, 4096);
    }

    private Rebuild rebuild() throws IOException {
        Rebuild plan = Database.planRebuild(file, copy, Replicas.TASKS);
        byte[] before = Files.readAllBytes(file);
        Rebuild done = Database.rebuild(file, copy, aside, Replicas.TASKS);
        assertThat(done).isEqualTo(plan);
        // The first page says that the file is no longer in WAL mode.
        byte[] kept = Files.readAllBytes(aside);
        assertThat(Arrays.equals(kept, 4096, kept.length, before, 4096, before.length))
                .isTrue();
        return done;
    }

    @Test
    void aDamagedTableComesBackFromBackupAndChangelogAsANewReplica() throws Exception {
        overwritePageOf("task");

        Rebuild rebuild = rebuild();

        assertThat(rebuild.recovered()).isEqualTo(202);
        assertThat(rebuild.isComplete()).isTrue();
        SqliteDatabase again = replicas.open("here");
        assertThat(again.dump()).isEqualTo(dump);
        assertThat(again.maintenance().check().isSound()).isTrue();
        assertThat(again.replica()).isNotEqualTo(id);
        run(again, "UPDATE task SET done = 1 WHERE id = ?", tasks.get(150));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> String.valueOf(each.getFileName())))
                    .noneMatch(name -> name.contains("salvage") || name.contains("rebuilt"));
        }
    }

    @Test
    void aFileWithoutItsFirstPageAndWithoutTheRootOfTheLogStillHasItsChanges() throws Exception {
        overwritePageOf("tm_log");
        overwrite(0, 4096);

        Rebuild rebuild = rebuild();

        // The root of a log of this size has only the numbers of its leaves.
        assertThat(rebuild.recovered()).isEqualTo(202);
        assertThat(rebuild.isCounted()).isFalse();
        assertThat(replicas.open("here").dump()).isEqualTo(dump);
    }

    @Test
    void changesInALogBlockThatDoesNotVerifyAreNamedByNumberAndTheOnesBehindThemAreKept() throws Exception {
        long block = asked("SELECT id FROM tm_log WHERE last >= 180 ORDER BY id LIMIT 1")
                .getFirst();
        long first = block & ((1L << 40) - 1);
        long last = asked("SELECT last FROM tm_log WHERE id = " + block).getFirst();
        damageBlock(block);
        overwritePageOf("task");

        Rebuild rebuild = rebuild();

        assertThat(rebuild.missing()).containsExactly(new MissingChanges(id, "here", first, last, false));
        assertThat(rebuild.reissued()).isEqualTo(302 - last);
        SqliteDatabase again = replicas.open("here");
        assertThat(again.maintenance().check().isSound()).isTrue();
        List<Object> titles = column(again, "SELECT title FROM task ORDER BY rowid");
        assertThat(titles).hasSize((int) (299 - (last - first + 1)));
        assertThat(titles).contains("Changed", "Number 300");
    }

    /** A block of the log gets another byte in its middle, by SQL, so that only its checksum says so. */
    private void damageBlock(long block) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE tm_log SET body = CAST(substr(body, 1, length(body) / 2) || x'00' ||"
                    + " substr(body, length(body) / 2 + 2) AS BLOB) WHERE id = " + block);
        }
    }

    @Test
    void theLogAloneIsEnoughIfItIsWhole() throws Exception {
        overwritePageOf("task");
        Rebuild rebuild = Database.rebuild(file, null, aside, Replicas.TASKS);
        assertThat(rebuild.recovered()).isEqualTo(302);
        assertThat(rebuild.isComplete()).isTrue();
        assertThat(replicas.open("here").dump()).isEqualTo(dump);
    }

    @Test
    void theLatestCommitsInTheWalAreRecovered() throws Exception {
        SqliteDatabase open = replicas.open("here");
        run(open, "UPDATE task SET title = 'In the WAL' WHERE id = ?", tasks.get(30));
        byte[] wal = Files.readAllBytes(folder.resolve("here.db-wal"));
        byte[] whole = Files.readAllBytes(file);
        dump = open.dump();
        open.close();
        Files.write(file, whole);
        overwrite(4096 * (page("task") - 1), 4096);
        Files.write(folder.resolve("here.db-wal"), wal);

        Rebuild rebuild = Database.rebuild(file, copy, aside, Replicas.TASKS);

        assertThat(rebuild.recovered()).isEqualTo(203);
        assertThat(replicas.open("here").dump()).isEqualTo(dump);
    }

    private long page(String table) throws Exception {
        return asked("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")
                .getFirst();
    }

    @Test
    void anotherDeviceThatHasEverythingAgreesAfterwards() throws Exception {
        SqliteDatabase here = replicas.open("here");
        SqliteDatabase there = replicas.open("there");
        there.adoptLibrary(here.library());
        sync(here, there);
        run(there, "UPDATE task SET title = 'There' WHERE id = ?", tasks.get(2));
        sync(here, there);
        run(here, "UPDATE task SET title = 'Never sent' WHERE id = ?", tasks.get(3));
        here.close();
        overwritePageOf("task");

        assertThat(rebuild().isComplete()).isTrue();

        SqliteDatabase again = replicas.open("here");
        sync(again, there);
        assertThat(again.dump()).isEqualTo(there.dump()).contains("Never sent", "There");
    }

    @Test
    void aDamagedBackupChangesNothing() throws Exception {
        overwritePageOf("task");
        byte[] before = Files.readAllBytes(file);
        Files.writeString(copy, "no database at all");
        assertThatThrownBy(() -> Database.rebuild(file, copy, aside, Replicas.TASKS))
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining("was not rebuilt");
        assertThat(Arrays.equals(Files.readAllBytes(file), before)).isTrue();
        assertThat(aside).doesNotExist();
    }

    @Test
    void aBackupOfAnotherHistoryIsRecognised() throws Exception {
        SqliteDatabase other = replicas.open("other");
        add(other, 3);
        Path foreign = folder.resolve("foreign.db");
        other.maintenance().copyTo(foreign);
        assertThat(Database.planRebuild(file, foreign, Replicas.TASKS).isRelated())
                .isFalse();
        assertThat(Database.planRebuild(file, copy, Replicas.TASKS).isRelated()).isTrue();
    }
}
