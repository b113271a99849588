package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.log.ExpectLog;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With notes in state folders, a device detects before its first write that its file is a copy or a restored backup,
 * and switches to a new id: no number ever has two contents (docs/correctness.md#r6, decision 70).
 */
class BoundReplicaTest extends CarriedFoldersFixture {
    @Override
    DatabaseOptions options(String name) {
        return super.options(name).withStateFolders(List.of(stateFolder(), root.resolve("run")));
    }

    private Path stateFolder() {
        return root.resolve("state");
    }

    @BeforeEach
    void begin() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
    }

    private ReplicaId reopened(String name) {
        close(name);
        return id(name);
    }

    @Test
    void aFileThatIsOpenedAgainKeepsItsId() {
        ReplicaId id = id("ann");
        assertThat(reopened("ann")).isEqualTo(id);
        add("ann", "more");
        sync("ann");
        assertThat(reopened("ann")).isEqualTo(id);
        try (Database other = Database.open(root.resolve("ann/profile/library.db"), SCHEMA, options("ann"))) {
            assertThat(other.replica()).isEqualTo(id);
            add("ann", "beside");
            sync("ann");
        }
        assertThat(reopened("ann")).isEqualTo(id);
    }

    @Test
    void aRenamedProfileKeepsItsId() throws IOException {
        ReplicaId id = id("ann");
        close("ann");
        Files.move(root.resolve("ann"), root.resolve("anna"));
        assertThat(id("anna")).isEqualTo(id);
        assertThat(reopened("anna")).isEqualTo(id);
    }

    /** What was synced after the image stays under the old id; nothing has to be issued again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void aRestoredImageContinuesUnderANewIdBeforeItWritesAnything(int count) {
        ReplicaId old = id("ann");
        takeImage("ann", "image");
        for (String title : List.of("OLD1", "OLD2", "OLD3")) {
            add("ann", title);
            sync("ann");
        }
        carry("ann", "bob");
        restoreImage("ann", "image");
        ReplicaId now = id("ann");
        assertThat(now).isNotEqualTo(old);
        for (int number = 1; number <= count; number++) {
            add("ann", "NEW" + number);
        }
        sync("ann");
        settle("ann", "bob", "cid");
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(titles(name)).hasSize(4 + count).contains("OLD1", "OLD2", "OLD3", "NEW1");
            assertThat(conflicts(name)).isEmpty();
            assertThat(device(name).changelog().vector().heads())
                    .containsEntry(old, 4L)
                    .containsEntry(now, (long) count);
        }
        assertThat(reopened("ann")).isEqualTo(now);
    }

    /** Its unsynced edits keep their numbers: the lost state of the file had the same, and may have uploaded them. */
    @Proof
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestoredBackupDeliversTheEditsThatItHadNotSynced(boolean wasUploaded) {
        UUID row = add("ann", "not synced yet");
        takeImage("ann", "backup");
        if (wasUploaded) {
            sync("ann");
        }
        write("ann", "UPDATE todo SET title = 'lost' WHERE id = ?", row);
        if (wasUploaded) {
            sync("ann");
            carry("ann", "bob");
        }
        close("ann");
        id("ann");
        restoreProfile("ann", "backup");
        write("ann", "UPDATE todo SET note = 'after' WHERE id = ?", row);
        settle("ann", "bob", "cid");
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(titles(name)).containsExactly("base", wasUploaded ? "lost" : "not synced yet");
            assertThat(row(name, row).getFirst().text("note")).isEqualTo("after");
            assertThat(conflicts(name)).isEmpty();
        }
    }

    @Proof
    @Test
    void aRestoredReplicasOldIdDoesNotHoldUpGarbageCollection() {
        UUID row = add("ann", "gone soon");
        settle("ann", "bob");
        takeImage("ann", "backup");
        add("ann", "later");
        sync("ann");
        restoreImage("ann", "backup");
        settle("ann", "bob");
        write("bob", "DELETE FROM todo WHERE id = ?", row);
        for (int day = 0; day < 3; day++) {
            daysPass(1);
            settle("ann", "bob");
            collectGarbage("ann", "bob");
        }
        assertThat(isTracked("bob", row)).isFalse();
        assertThat(isTracked("ann", row)).isFalse();
    }

    @Proof
    @Test
    void aCopyIsAnotherReplicaAndTheOriginalKeepsItsId() {
        ReplicaId original = id("ann");
        add("ann", "before the copy, not synced");
        takeImage("ann", "image");
        restoreImage("eve", "image");
        assertThat(id("eve")).isNotEqualTo(original);
        assertThat(id("ann")).isEqualTo(original);
        add("eve", "of the copy");
        add("ann", "of the original");
        settle("ann", "bob", "eve");
        for (String name : List.of("ann", "bob", "eve")) {
            assertThat(titles(name))
                    .containsExactly("base", "before the copy, not synced", "of the copy", "of the original");
            assertThat(conflicts(name)).isEmpty();
        }
        assertThat(id("ann")).isEqualTo(original);
        assertThat(reopened("ann")).isEqualTo(original);
    }

    /** As after a move to another computer, which has no note about the file. */
    @Proof
    @Test
    void aMovedFileWithoutANoteIsACopyOnce() throws IOException {
        ReplicaId id = id("ann");
        takeImage("ann", "image");
        deleteNotes();
        restoreImage("eve", "image");
        ReplicaId now = id("eve");
        assertThat(now).isNotEqualTo(id);
        assertThat(reopened("eve")).isEqualTo(now);
        add("eve", "more");
        settle("eve", "bob");
        assertThat(titles("bob")).containsExactly("base", "more");
    }

    /** Otherwise programs of two accounts, or with two environments, would take an id at each opening. */
    @Test
    void programsWithDifferentStateFoldersKeepTheId() {
        ReplicaId id = id("ann");
        Path file = root.resolve("ann/profile/library.db");
        for (int turn = 0; turn < 3; turn++) {
            close("ann");
            try (Database other = Database.open(
                    file, SCHEMA, super.options("ann").withStateFolders(List.of(root.resolve("other"))))) {
                assertThat(other.replica()).isEqualTo(id);
            }
            assertThat(reopened("ann")).isEqualTo(id);
        }
    }

    /** A process that dies after its commit leaves a note behind the file. */
    @Test
    void aNoteThatIsBehindTheFileFits() throws IOException {
        ReplicaId id = id("ann");
        Path kept = Files.createDirectories(root.resolve("kept"));
        copyNotes(stateFolder(), kept);
        add("ann", "more");
        sync("ann");
        close("ann");
        deleteNotes();
        copyNotes(kept, stateFolder());
        assertThat(id("ann")).isEqualTo(id);
    }

    @Test
    @ExpectLog("cannot be decided")
    void aMalformedNoteDecidesNothing() throws IOException {
        ReplicaId id = id("ann");
        close("ann");
        for (Path note : notes()) {
            Files.writeString(note, "opened=many");
        }
        assertThat(id("ann")).isEqualTo(id);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"../planted", "backup ../planted", "/tmp/planted", "x"})
    void aForgedTokenNamesNoFile(String token) throws Exception {
        ReplicaId id = id("ann");
        close("ann");
        Path file = root.resolve("ann/profile/library.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement forged = connection.prepareStatement("UPDATE tm_state SET token = ?")) {
            forged.setString(1, token);
            forged.executeUpdate();
        }
        assertThat(id("ann")).isNotEqualTo(id);
        assertThat(root.resolve("planted")).doesNotExist();
        assertThat(notes())
                .allSatisfy(note -> assertThat(note.getFileName().toString()).matches("[0-9a-f]{32}"));
    }

    @Test
    void theEnginesOwnCopyHasNoId() throws IOException {
        ReplicaId id = id("ann");
        Path backup = root.resolve("eve/profile/library.db");
        Files.createDirectories(backup.getParent());
        ((SqliteDatabase) device("ann")).resetToNewLibrary(backup);
        try (Database unbound = Database.open(backup, SCHEMA, super.options("eve"))) {
            assertThat(unbound.replica()).isNotEqualTo(id).isNotEqualTo(id("ann"));
            ReplicaId now = unbound.replica();
            assertThat(id("eve")).isEqualTo(now);
            assertThat(titles("eve")).containsExactly("base");
        }
    }

    @Test
    void databasesWithoutStateFoldersAreNotBound() {
        clock.pass(Duration.ofDays(1));
        Path file = root.resolve("plain.db");
        DatabaseOptions plain = super.options("plain");
        ReplicaId id;
        try (Database database = Database.open(file, SCHEMA, plain)) {
            id = database.replica();
        }
        try (Database database = Database.open(file, SCHEMA, plain.withStateFolders(List.of(stateFolder())))) {
            assertThat(database.replica()).isEqualTo(id);
        }
    }

    private List<Path> notes() throws IOException {
        try (Stream<Path> state = Files.list(stateFolder());
                Stream<Path> run = Files.list(root.resolve("run"))) {
            return Stream.concat(state, run).toList();
        }
    }

    private void deleteNotes() throws IOException {
        for (Path note : notes()) {
            Files.delete(note);
        }
    }

    private static void copyNotes(Path from, Path to) throws IOException {
        try (Stream<Path> notes = Files.list(from)) {
            for (Path note : notes.toList()) {
                Files.copy(note, to.resolve(note.getFileName()));
            }
        }
    }
}
