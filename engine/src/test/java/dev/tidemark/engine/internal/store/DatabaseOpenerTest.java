package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.internal.sync.SyncLock;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TransactionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 8, and unusable files: opening one fails with a message and changes nothing. */
class DatabaseOpenerTest {
    private static final String NOTE = "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, body TEXT)";
    private static final Schema ONE =
            Schema.builder().migration("one", NOTE).synced("note").build();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("x.db");
    }

    private void expectRefusal(Schema schema, String sentence) {
        assertThatThrownBy(() -> open(schema).close())
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    private SqliteDatabase open(Schema schema) {
        return SqliteDatabase.open(file(), schema, DatabaseOptions.DEFAULT);
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private Set<Path> listing() throws IOException {
        try (var files = Files.list(folder)) {
            return new HashSet<>(files.toList());
        }
    }

    @Test
    void anExistingDatabaseIsCopiedBeforeItsSchemaIsMigratedIfThatIsWanted() throws IOException {
        Schema two = Schema.builder()
                .migration("one", NOTE)
                .migration("two", "ALTER TABLE note ADD COLUMN title TEXT")
                .synced("note")
                .build();
        DatabaseOptions copying = DatabaseOptions.DEFAULT.copyingBeforeMigrations();
        SqliteDatabase.open(file(), ONE, copying).close();
        SqliteDatabase.open(file(), ONE, copying).close();
        assertThat(listing()).noneMatch(each -> each.toString().contains(".before-"));
        SqliteDatabase.open(file(), two, copying).close();
        SqliteDatabase.open(file(), two, copying).close();
        List<Path> copies = listing().stream()
                .filter(each -> each.toString().contains(".before-"))
                .toList();
        assertThat(copies).hasSize(1);
        // The older version opens it.
        SqliteDatabase.open(copies.getFirst(), ONE, DatabaseOptions.DEFAULT).close();
        expectRefusal(ONE, "newer version");
    }

    @Test
    void migrationsRunOnceInOrder() {
        Schema two = Schema.builder()
                .migration("one", NOTE)
                .migration("two", "CREATE TABLE seen(step); INSERT INTO seen VALUES ('two')")
                .migration("three", """
                    INSERT INTO seen VALUES ('three;');
                    CREATE TRIGGER counted AFTER INSERT ON note BEGIN
                      INSERT INTO seen VALUES ('a note'); INSERT INTO seen VALUES ('twice');
                    END\
                    """)
                .synced("note")
                .build();
        open(ONE).close();
        for (int count = 0; count < 3; count++) {
            try (SqliteDatabase database = open(two)) {
                assertThat(Replicas.column(database, "SELECT step FROM seen")).containsExactly("two", "three;");
            }
        }
    }

    @Test
    void failedStepLeavesNothingOfItself() throws SQLException {
        open(ONE).close();
        Schema bad = Schema.builder()
                .migration("one", NOTE)
                .migration("good", "CREATE TABLE kept(x)")
                .migration("bad", "CREATE TABLE gone(x); INSERT INTO nonsense VALUES (1)")
                .synced("note")
                .build();
        assertThatThrownBy(() -> open(bad))
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining("Step 3 of the schema (bad) failed");
        Schema mended = Schema.builder()
                .migration("one", NOTE)
                .migration("good", "CREATE TABLE kept(x)")
                .migration("mended", "CREATE TABLE gone(x)")
                .synced("note")
                .build();
        try (SqliteDatabase database = open(mended)) {
            assertThat(Replicas.column(database, "SELECT * FROM kept")).isEmpty();
        }
    }

    /** Development versions before the first release wrote the same format number. */
    @Test
    void databaseOfADevelopmentVersionIsRefusedAndStaysAsItIs() throws Exception {
        open(ONE).close();
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE tm_chain");
        }
        byte[] before = Files.readAllBytes(file());
        expectRefusal(ONE, "development version of this program");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void newerDatabaseIsRefusedAndStaysAsItIs() throws Exception {
        Schema newer = Schema.builder()
                .migration("one", NOTE)
                .migration("two", "CREATE TABLE more(x)")
                .synced("note")
                .build();
        open(newer).close();
        byte[] before = Files.readAllBytes(file());
        expectRefusal(ONE, "newer version of this program");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE tm_state SET format = 2");
        }
        expectRefusal(newer, "newer version of this program");
    }

    @Test
    void programThatFindsANewerSchemaWritesNoMore() {
        Schema newer = Schema.builder()
                .migration("one", NOTE)
                .migration("two", "ALTER TABLE note ADD COLUMN colour TEXT")
                .synced("note")
                .build();
        try (SqliteDatabase old = open(ONE)) {
            Replicas.run(old, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
            try (SqliteDatabase young = open(newer)) {
                assertThatThrownBy(() -> Replicas.run(old, "UPDATE note SET body = 'y'"))
                        .isInstanceOf(TransactionException.class)
                        .hasMessageContaining("newer version");
                Replicas.run(young, "UPDATE note SET colour = 'red'");
                Path otherFile = folder.resolve("other.db");
                try (SqliteDatabase other = SqliteDatabase.open(otherFile, ONE, DatabaseOptions.DEFAULT)) {
                    Replicas.run(other, "INSERT INTO note VALUES (?, 'theirs')", Replicas.id());
                    assertThatThrownBy(() -> Replicas.pull(other, old, Batch.Limit.DEFAULT))
                            .isInstanceOf(TransactionException.class)
                            .hasMessageContaining("newer version");
                    Replicas.pull(other, young, Batch.Limit.DEFAULT);
                }
                assertThat(Replicas.column(old, "SELECT body FROM note ORDER BY body"))
                        .as("reading goes on")
                        .containsExactly("theirs", "x");
                assertThat(old.conflicts()).isEmpty();
                assertThat(old.dump()).contains("theirs");
            }
        }
    }

    @Test
    void databaseOfAnotherProgramIsRefusedAndStaysAsItIs() throws Exception {
        for (String journal : List.of("DELETE", "WAL")) {
            Files.deleteIfExists(file());
            try (Connection connection = raw();
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = " + journal);
                statement.executeUpdate("CREATE TABLE theirs(x)");
            }
            byte[] before = Files.readAllBytes(file());
            Set<Path> beside = listing();
            expectRefusal(ONE, "database of another program");
            assertThat(Files.readAllBytes(file())).isEqualTo(before);
            assertThat(listing()).isEqualTo(beside);
        }
    }

    @Test
    void fileThatIsNoDatabaseIsRefusedAndStaysAsItIs() throws Exception {
        byte[] text =
                "Dear diary, this is not a database. ".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file(), text);
        expectRefusal(ONE, "not a SQLite database");
        assertThat(Files.readAllBytes(file())).isEqualTo(text);
        assertThat(listing()).containsExactly(file());
    }

    @Test
    void folderInPlaceOfTheFileAndMissingFolderAreRefused() throws Exception {
        Files.createDirectory(file());
        expectRefusal(ONE, "is a folder, not a database");
        assertThatThrownBy(() -> SqliteDatabase.open(folder.resolve("no/such/x.db"), ONE, DatabaseOptions.DEFAULT))
                .isInstanceOf(Database.OpenException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void emptyFileBecomesADatabaseAndOddNamesWork() throws Exception {
        Path odd =
                Files.createDirectories(folder.resolve("with space #1 ? % ü")).resolve("x y#?.db");
        Files.createFile(odd);
        for (int count = 0; count < 2; count++) {
            try (SqliteDatabase database = SqliteDatabase.open(odd, ONE, DatabaseOptions.DEFAULT)) {
                Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
                assertThat(Replicas.changes(database)).hasSize(count + 1);
            }
        }
        assertThat(Files.size(odd)).isPositive();
    }

    @Test
    void tablesThatCannotBeSyncedAreNamedWithTheReason() {
        for (String[] bad : new String[][] {
            {"CREATE TABLE note(id INTEGER PRIMARY KEY NOT NULL)", "BLOB or TEXT"},
            {"CREATE TABLE note(id BLOB PRIMARY KEY)", "NOT NULL"},
            {"CREATE TABLE note(key BLOB PRIMARY KEY NOT NULL)", "the column id alone"},
            {"CREATE TABLE note(id BLOB NOT NULL, x BLOB NOT NULL, PRIMARY KEY (id, x))", "alone"},
            {"CREATE TABLE Note(id BLOB PRIMARY KEY NOT NULL)", "exactly this name"},
            {"CREATE TABLE other(x)", "does not exist"},
            {NOTE + "; CREATE UNIQUE INDEX part ON note(body) WHERE body > 'x'", "part of its rows"},
            {NOTE + "; CREATE UNIQUE INDEX upper ON note(upper(body))", "expression"},
            {
                "CREATE TABLE loc(id BLOB PRIMARY KEY NOT NULL);"
                        + "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, x BLOB REFERENCES loc(id))",
                "not synced"
            },
            {
                NOTE + "; CREATE TRIGGER self AFTER UPDATE ON note BEGIN UPDATE note SET body = 'x'; END",
                "trigger on the table note writes to the synced table note"
            },
            {
                NOTE + "; CREATE TABLE loc(x); CREATE TRIGGER one AFTER DELETE ON note BEGIN DELETE FROM loc; END;"
                        + "CREATE TRIGGER two AFTER DELETE ON loc BEGIN DELETE FROM note WHERE body = OLD.x; END",
                "writes to the synced table note"
            },
        }) {
            folder.toFile().listFiles(java.io.File::delete);
            expectRefusal(
                    Schema.builder().migration("bad", bad[0]).synced("note").build(), bad[1]);
        }
    }

    @Test
    void databaseOpenedByManyAtOnceIsMadeOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path fresh = folder.resolve("round" + round + ".db");
            int openers = 6;
            CyclicBarrier start = new CyclicBarrier(openers);
            List<Future<SqliteDatabase>> opened = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(openers)) {
                for (int opener = 0; opener < openers; opener++) {
                    opened.add(threads.submit(() -> {
                        start.await();
                        return SqliteDatabase.open(fresh, Replicas.TASKS, DatabaseOptions.DEFAULT);
                    }));
                }
            }
            Set<Object> replicas = new HashSet<>();
            for (Future<SqliteDatabase> each : opened) {
                SqliteDatabase database = each.get();
                replicas.add(database.replica());
                Replicas.run(database, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
            }
            assertThat(replicas).hasSize(1);
            assertThat(Replicas.changes(opened.getFirst().get()))
                    .extracting(change -> change.dot().sequence())
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            for (Future<SqliteDatabase> each : opened) {
                each.get().close();
            }
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Making a link takes a privilege there")
    void aDatabaseThatIsOpenedThroughALinkIsTheSameWithAllThatLiesBesideIt() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path folderLink = Files.createSymbolicLink(folder.resolve("link"), real);
        try (SqliteDatabase made = SqliteDatabase.open(folderLink.resolve("a.db"), ONE, DatabaseOptions.DEFAULT)) {
            Path fileLink = Files.createSymbolicLink(folder.resolve("b.db"), real.resolve("a.db"));
            try (SqliteDatabase linked = SqliteDatabase.open(fileLink, ONE, DatabaseOptions.DEFAULT);
                    SyncLock lock = SyncLock.acquire(made.file(), Duration.ZERO, () -> false)) {
                Replicas.run(linked, "INSERT INTO note VALUES (?, 'x')", Replicas.id());
                assertThat(Replicas.column(made, "SELECT count(*) FROM note")).containsExactly(1L);
                try (ExecutorService other = Executors.newSingleThreadExecutor()) {
                    assertThat(other.submit(() -> {
                                        assertThatThrownBy(() ->
                                                        SyncLock.acquire(linked.file(), Duration.ZERO, () -> false))
                                                .isInstanceOf(SyncException.BusyException.class);
                                        return lock;
                                    })
                                    .get())
                            .isSameAs(lock);
                }
                BlobId blob = linked.blobs().add(new ByteArrayInputStream(new byte[] {1}));
                assertThat(made.blobs().isLocal(blob)).isTrue();
            }
        }
    }

    @Test
    void closingTwiceDoesNothingAndUseAfterwardsSaysSo() {
        SqliteDatabase database = open(ONE);
        database.close();
        database.close();
        assertThatThrownBy(() -> Replicas.run(database, "DELETE FROM note"))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> Replicas.column(database, "SELECT 1")).hasMessageContaining("closed");
    }
}
