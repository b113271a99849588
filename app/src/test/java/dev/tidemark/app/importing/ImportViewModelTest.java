package dev.tidemark.app.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.shell.MainModelFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An exported file is read, described and imported, without a window. */
@ExtendWith(KeptLanguage.class)
class ImportViewModelTest {
    private static final String TWO = """
        {"id":"0198a000-0000-7000-8000-000000000001","title":"Plant the tulips","list":"Garden"}
        {"id":"0198a000-0000-7000-8000-000000000002","title":"What grows where","kind":"note"}
        """;

    @TempDir
    private Path folder;

    private MainModelFixture app;

    @BeforeEach
    void open() {
        app = MainModelFixture.in(folder);
        app.show(new ItemSource.All());
    }

    @AfterEach
    void close() {
        app.close();
    }

    private ImportViewModel.Found open(Path file) {
        app.imports().open(file);
        return Objects.requireNonNull(app.imports().foundProperty().get());
    }

    private ImportViewModel.Importable importable(String text) throws IOException {
        return (ImportViewModel.Importable) open(Files.writeString(folder.resolve("From Ann.tidemark"), text));
    }

    private static List<String> effects(ImportViewModel.Importable found) {
        return ImportViewModel.effects(found.plan());
    }

    private String refusal(Path file) {
        return ((ImportViewModel.Refused) open(file)).sentence();
    }

    @Test
    void aFileIsDescribedAndImportedAsOneUndoStep() throws IOException {
        ImportViewModel.Importable found = importable(TWO);
        assertThat(found.name()).isEqualTo("From Ann.tidemark");
        assertThat(found.plan().titles()).containsExactly("Plant the tulips", "What grows where");
        assertThat(effects(found)).containsExactly("2 new items will be added.", "New lists: Garden");
        assertThat(app.titles()).as("opening changes nothing").isEmpty();
        app.imports().importItems(found);
        app.await("both are there", () -> app.titles().size() == 2);
        app.undoByToast();
        app.awaitRows();
        app.await("the list is gone", () -> app.sidebar().lists().isEmpty());
    }

    @Test
    void unchangedItemsAreCountedAndChangedOnesUpdated() throws IOException {
        app.imports().importItems(importable(TWO));
        app.await("both are there", () -> app.titles().size() == 2);
        ImportViewModel.Importable same = importable(TWO);
        assertThat(effects(same)).containsExactly("2 items are unchanged.");
        assertThat(same.plan().added() + same.plan().changed()).isZero();
        ImportViewModel.Importable changed = importable(TWO.replace("tulips", "roses"));
        assertThat(effects(changed)).containsExactly("1 item will be updated from the file.", "1 item is unchanged.");
        app.imports().importItems(changed);
        app.await("it is as in the file", () -> app.titles().contains("Plant the roses"));
        assertThat(app.titles()).hasSize(2);
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithTheReason() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.tidemark"), TWO + "{\"titel\":\"Three\"}\n");
        assertThat(refusal(bad)).contains("3", "titel");
        Path latin = Files.write(folder.resolve("a.tidemark"), "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(latin)).contains("UTF-8");
        assertThat(refusal(folder.resolve("gone.tidemark"))).contains("gone.tidemark");
        assertThat(refusal(Files.createDirectory(folder.resolve("folder.tidemark"))))
                .contains("folder.tidemark");
        assertThat(effects(importable("\n"))).containsExactly("This file has no items.");
        assertThat(app.titles()).isEmpty();
    }

    @Test
    void anotherProgramsExportIsDescribedAndImportedWithItsAttachmentsAsOneUndoStep() {
        ImportViewModel.Importable found =
                (ImportViewModel.Importable) open(Path.of("src/test/resources/import/joplin-raw"));
        assertThat(ImportViewModel.format(found.content())).isEqualTo("Joplin folder (RAW)");
        assertThat(effects(found))
                .containsExactly(
                        "3 new items will be added.", "New lists: daf/Flat, daf", "1 attachment will be added.");
        assertThat(ImportViewModel.unmapped(found.content()))
                .containsExactly("A link to the note 95c9312697434de5b5e4b0d4e5f8dba3 no longer opens it.");
        app.imports().importItems(found);
        app.await("they are there", () -> app.titles().contains("test"));
        app.undoByToast();
        app.awaitRows();
        app.await("the lists are gone", () -> app.sidebar().lists().isEmpty());
        assertThat(app.titles()).isEmpty();
    }
}
