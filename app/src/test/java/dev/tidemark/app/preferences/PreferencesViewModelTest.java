package dev.tidemark.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.settings.SettingsFile;
import dev.tidemark.app.settings.SyncTarget;
import dev.tidemark.engine.storage.FolderStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesViewModelTest {
    @TempDir
    Path place;

    private SettingsFile file;
    private PreferencesViewModel model;

    @BeforeEach
    void openSettings() {
        file = new SettingsFile(place.resolve("settings.properties"));
        model = new PreferencesViewModel(
                file.read(), file::set, FolderStorage::open, Background.on(Runnable::run, Runnable::run));
    }

    @Test
    void choosingAFolderTurnsSyncOn() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setTarget(SyncTarget.FOLDER);
        assertThat(model.folderWantedProperty().get()).isTrue();
        assertThat(file.read().syncTarget()).isEqualTo(SyncTarget.OFF);
        model.setFolder(folder);
        assertThat(file.read().syncTarget()).isEqualTo(SyncTarget.FOLDER);
        assertThat(file.read().syncFolder()).contains(folder);
    }

    @Test
    void theTestSaysThatAFolderWorksAndLeavesNothingInIt() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        model.test();
        assertThat(model.testedProperty().get().works()).isTrue();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void theTestSaysWhyAFolderDoesNotWork() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        Files.delete(folder);
        model.test();
        assertThat(model.testedProperty().get().works()).isFalse();
        assertThat(model.testedProperty().get().sentence()).contains(folder.toString());
        assertThat(model.testingProperty().get()).isFalse();
    }

    @Test
    void aFolderThatIsNotThereIsRefusedWithASentence() {
        model.setFolder(place.resolve("nowhere"));
        assertThat(model.problemProperty().get()).contains("nowhere");
        assertThat(file.read().syncFolder()).isEmpty();
    }

    @Test
    void turningSyncOffKeepsTheFolder() throws IOException {
        Path folder = Files.createDirectory(place.resolve("shared"));
        model.setFolder(folder);
        model.setTarget(SyncTarget.OFF);
        assertThat(file.read().syncTarget()).isEqualTo(SyncTarget.OFF);
        model.setTarget(SyncTarget.FOLDER);
        assertThat(file.read().syncTarget()).isEqualTo(SyncTarget.FOLDER);
        assertThat(file.read().syncFolder()).contains(folder);
    }
}
