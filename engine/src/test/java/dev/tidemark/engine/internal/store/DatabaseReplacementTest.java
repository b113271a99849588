package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.problem.TransactionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a database replaces the database completely or not at all. */
class DatabaseReplacementTest {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("note")
            .build();

    @TempDir
    private Path folder;

    private Path file;
    private Path copy;
    private Path aside;

    @BeforeEach
    void copyOneNoteAndAddAnother() {
        file = folder.resolve("notes.db");
        copy = folder.resolve("copy.db");
        aside = folder.resolve("notes.db.before");
        try (Database database = Database.open(file, SCHEMA)) {
            add(database, "first");
            database.maintenance().copyTo(copy);
            add(database, "second");
        }
    }

    private static void add(Database database, String title) {
        database.write(tx -> tx.execute("INSERT INTO note(id, title) VALUES (?, ?)", Ids.next(), title));
    }

    private static List<String> titles(Database database) {
        return database.list(
                Query.of("SELECT title FROM note ORDER BY title").map(row -> String.valueOf(row.text("title"))));
    }

    private static List<String> titles(Path file) {
        try (Database database = Database.open(file, SCHEMA)) {
            return titles(database);
        }
    }

    private void replace() {
        Database.replace(file, copy, aside, SCHEMA);
    }

    @Test
    void theCopyIsInPlaceAndTheDatabaseBeforeIsKeptWhole() throws IOException {
        replace();
        assertThat(titles(file)).containsExactly("first");
        assertThat(titles(aside)).containsExactly("first", "second");
        assertThat(titles(copy)).containsExactly("first");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> String.valueOf(each.getFileName())))
                    .doesNotContain("notes.db.replacement", "notes.db.before-wal", "notes.db.before-shm");
        }
    }

    @Test
    void aDatabaseInUseIsNotReplaced() {
        try (Database open = Database.open(file, SCHEMA)) {
            assertThatThrownBy(this::replace)
                    .isInstanceOf(Database.OpenException.class)
                    .hasMessageContaining("is in use");
            add(open, "third");
            assertThat(aside).doesNotExist();
        }
        assertThat(titles(file)).containsExactly("first", "second", "third");
    }

    /** A page in the middle is overwritten: the header still says that it is a database. */
    @Test
    void aDamagedCopyChangesNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(copy);
        for (int at = 4096; at < bytes.length; at++) {
            bytes[at] = 'x';
        }
        Files.write(copy, bytes);
        assertThatThrownBy(this::replace).isInstanceOf(Database.OpenException.class);
        Files.writeString(copy, "no database at all");
        assertThatThrownBy(this::replace).isInstanceOf(Database.OpenException.class);
        Files.delete(copy);
        assertThatThrownBy(this::replace).isInstanceOf(Database.OpenException.class);
        assertThat(aside).doesNotExist();
        assertThat(titles(file)).containsExactly("first", "second");
    }

    @Test
    void aCopyOfANewerVersionChangesNothing() {
        Schema older = Schema.builder().build();
        assertThatThrownBy(() -> Database.replace(file, copy, aside, older)).hasMessageContaining("newer version");
        assertThat(titles(file)).containsExactly("first", "second");
    }

    @Test
    void aDamagedDatabaseIsReplacedAndItsFilesAreKept() throws IOException {
        Files.writeString(file, "damaged ".repeat(1_000));
        Path wal = Files.writeString(folder.resolve("notes.db-wal"), "of the damaged one");
        replace();
        assertThat(titles(file)).containsExactly("first");
        assertThat(Files.readString(aside, StandardCharsets.UTF_8)).startsWith("damaged");
        assertThat(Files.exists(wal)).isFalse();
    }

    /** The computer stopped after the damaged database was moved, and before its WAL was. */
    @Test
    void aMissingDatabaseIsReplacedAndAWalThatIsLeftDoesNotReachIt() throws IOException {
        Files.delete(file);
        Files.writeString(folder.resolve("notes.db-wal"), "of another database");
        replace();
        assertThat(titles(file)).containsExactly("first");
        assertThat(folder.resolve("notes.db.before-wal")).exists();
    }

    /** The computer stopped after each step: the next call starts anew. */
    @Test
    void whatACrashLeavesIsNoHindrance() throws IOException {
        Files.writeString(folder.resolve("notes.db.replacement"), "half of a copy");
        Files.createLink(aside, file);
        Path later = folder.resolve("notes.db.before-later");
        Database.replace(file, copy, later, SCHEMA);
        assertThat(titles(file)).containsExactly("first");
        assertThat(titles(later)).containsExactly("first", "second");
    }

    @Test
    void aCopyMadeBesideAWriterIsOneMoment() throws InterruptedException {
        Path meanwhile = folder.resolve("meanwhile.db");
        try (Database database = Database.open(file, SCHEMA)) {
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    database.write(tx -> {
                        tx.execute("INSERT INTO note(id, title) VALUES (?, 'left')", Ids.next());
                        tx.execute("INSERT INTO note(id, title) VALUES (?, 'right')", Ids.next());
                    });
                }
            });
            try {
                database.maintenance().copyTo(meanwhile);
            } finally {
                stop.set(true);
                writer.join();
            }
            assertThatThrownBy(() -> database.maintenance().copyTo(meanwhile)).isInstanceOf(TransactionException.class);
        }
        List<String> titles = titles(meanwhile);
        assertThat(titles.stream().filter("left"::equals).count())
                .isEqualTo(titles.stream().filter("right"::equals).count());
    }
}
