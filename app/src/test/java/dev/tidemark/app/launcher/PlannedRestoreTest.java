package dev.tidemark.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next start of the window restores the backup that the user chose in the settings. */
class PlannedRestoreTest {
    @TempDir
    private Path profile;

    private Backups backups;

    @BeforeEach
    void backUpOneItemAndAddAnother() {
        backups = new Backups(ProfileFolders.below(profile), InstantSource.system());
        try (ProfileOpener opener = opener()) {
            Database database = opener.open().map(AppContext::database).orElseThrow();
            new Items(database).add(NewItem.todo("first"));
            backups.plan(backups.create(database));
            new Items(database).add(NewItem.todo("second"));
        }
    }

    private ProfileOpener opener() {
        return new ProfileOpener(
                backups.folders(), new PrintWriter(new StringWriter(), true), new LaunchRequest.Window());
    }

    private List<String> titles() {
        try (ProfileOpener opener = opener()) {
            Database database = opener.open().map(AppContext::database).orElseThrow();
            return database.list(ItemQueries.items(null, true, false)).stream()
                    .map(Item::title)
                    .toList();
        }
    }

    @Test
    void theNextStartPutsItBackOnce() {
        assertThat(backups.planned())
                .map(Backup::name)
                .contains(backups.list().getFirst().name());
        assertThat(titles()).containsExactly("first");
        assertThat(backups.planned()).isEmpty();
        try (ProfileOpener opener = opener()) {
            new Items(opener.open().map(AppContext::database).orElseThrow()).add(NewItem.todo("third"));
        }
        assertThat(titles()).containsExactlyInAnyOrder("first", "third");
    }

    @Test
    void aPlanCanBeTakenBack() {
        backups.plan(null);
        assertThat(titles()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aDamagedBackupIsToldOnceAndTheLibraryOpensAsItWas() throws IOException {
        Files.writeString(backups.list().getFirst().file(), "no database");
        assertThatThrownBy(this::titles).isInstanceOf(ProblemException.class).hasMessageContaining("is damaged");
        assertThat(titles()).containsExactlyInAnyOrder("first", "second");
    }
}
