package dev.tidemark.app.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.importing.format.ImportFormats;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.stage.FileChooser.ExtensionFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An export of the window, from the answer of the system's dialog to the written file and the message. */
@ExtendWith(KeptLanguage.class)
class ExportDialogTest {
    @TempDir
    private Path folder;

    private final List<String> messages = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Map<ExtensionFilter, String> types = ExportDialog.types();
    private Database database;
    private ExportViewModel model;

    @BeforeEach
    void open() {
        database = Database.openTemporary(LibrarySchema.SCHEMA);
        new Items(database).add(NewItem.todo("Plant the tulips").withTags(List.of("garden")));
        model = new ExportViewModel(
                database, SerialTaskRunner.on(Runnable::run, Runnable::run), messages::add, failures::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<String> titles(Path file, String format) {
        try (Database other = Database.openTemporary(LibrarySchema.SCHEMA)) {
            ImportFormats.read(file, format).items().apply(new Items(other), other.blobs());
            return other.list(ItemQueries.items(null, true, false)).stream()
                    .map(Item::title)
                    .toList();
        }
    }

    @Test
    void theTypeIsTheFormatAndANameWithoutExtensionGetsThatOfTheType() {
        for (Map.Entry<ExtensionFilter, String> type : types.entrySet()) {
            String extension = type.getKey().getExtensions().getFirst().substring(1);
            File chosen = folder.resolve(type.getValue()).toFile();
            ExportDialog.export(chosen, type.getKey(), types, model);
            Path written = folder.resolve(type.getValue() + extension);
            assertThat(failures).isEmpty();
            assertThat(titles(written, type.getValue())).as(type.getValue()).containsExactly("Plant the tulips");
        }
        assertThat(messages)
                .hasSize(types.size())
                .allSatisfy(message -> assertThat(message).contains("1"));
    }

    @Test
    void aNameWithExtensionStaysAndASystemWithoutTypesGetsTidemarksFormat() {
        ExportDialog.export(folder.resolve("mine.jsonl").toFile(), null, types, model);
        assertThat(titles(folder.resolve("mine.jsonl"), "jsonl")).containsExactly("Plant the tulips");
        ExportDialog.export(folder.resolve("mine").toFile(), null, types, model);
        assertThat(titles(folder.resolve("mine.tidemark"), "jsonl")).containsExactly("Plant the tulips");
    }

    @Test
    void cancellingWritesNothing() throws IOException {
        ExportDialog.export(null, types.keySet().iterator().next(), types, model);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThat(messages).isEmpty();
    }

    @Test
    void aFolderGetsTheDateAndNeverReplacesAnother() {
        LocalDate today = LocalDate.of(2026, 11, 25);
        model.toFolder(folder, today);
        model.toFolder(folder, today);
        assertThat(folder.resolve("Tidemark 2026-11-25")).isDirectory();
        assertThat(folder.resolve("Tidemark 2026-11-25 2")).isDirectory();
        assertThat(titles(folder.resolve("Tidemark 2026-11-25 2"), "markdown")).containsExactly("Plant the tulips");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsReportedAndNoSuccessIsShown() {
        ExportDialog.export(folder.resolve("missing/file.csv").toFile(), null, types, model);
        assertThat(messages).isEmpty();
        assertThat(failures).hasSize(1);
    }
}
