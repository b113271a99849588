package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.shell.MainModelFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files and lines from other programs become items and attachments, without a window. */
@ExtendWith(KeptLanguage.class)
class DroppedFilesTest {
    @TempDir
    private Path folder;

    private MainModelFixture app;

    @BeforeEach
    void open() {
        app = MainModelFixture.in(folder);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Item item(String title) {
        return app.item(app.list().rows().get(app.titles().indexOf(title)).id());
    }

    private List<String> attached(UUID id) {
        return app.database().list(Attachment.of(id)).stream()
                .map(Attachment::name)
                .toList();
    }

    @Test
    void linesBecomeItemsOfTheListThatTheyAreDroppedOn() {
        UUID home = new Lists(app.database()).add("Home");
        app.list().commands().addLines("- Milk\n- Oats\n", new ItemSource.OfList(home));
        assertThat(app.database().list(ItemQueries.items(null, true, false)))
                .hasSize(2)
                .allMatch(item -> home.equals(item.listId()));
        app.show(new ItemSource.OfList(home), "Milk", "Oats");
        app.undo();
        app.awaitRows();
    }

    @Test
    void filesAreAttachedToAnItemInOneUndoStep() throws IOException {
        UUID id = app.items().add(NewItem.todo("Plan the trip"));
        app.drops().attach(id, List.of(file("tickets.pdf", "x"), file("notes.md", "# Notes")));
        assertThat(attached(id)).containsExactlyInAnyOrder("tickets.pdf", "notes.md");
        assertThat(app.toast()).isEqualTo("2 files attached");
        app.undoByToast();
        assertThat(attached(id)).isEmpty();
        app.awaitRows("Plan the trip");
    }

    @Test
    void textFilesBecomeNotesAndOthersItemsWithAnAttachment() throws IOException {
        Path broken = Files.write(folder.resolve("odd.txt"), new byte[] {(byte) 0xc3, (byte) 0x28});
        app.drops()
                .add(
                        List.of(file("Letter.md", "\ufeffDear *Ada*,\r\nhello"), file("tickets.pdf", "x"), broken),
                        new ItemSource.Inbox());
        app.awaitRows("Letter", "tickets.pdf", "odd.txt");
        assertThat(item("Letter").kind()).isEqualTo(Kind.NOTE);
        assertThat(item("Letter").body()).isEqualTo("Dear *Ada*,\nhello");
        for (String name : List.of("tickets.pdf", "odd.txt")) {
            assertThat(attached(item(name).id())).containsExactly(name);
        }
        app.undo();
        app.awaitRows();
    }

    @Test
    void aFolderIsNamedAndTheOtherFilesAreTaken() throws IOException {
        Path holiday = Files.createDirectory(folder.resolve("Holiday"));
        app.drops().add(List.of(holiday, file("a.pdf", "x")), new ItemSource.Inbox());
        app.awaitRows("a.pdf");
        assertThat(app.toast()).isEqualTo("Holiday: That is a folder. Drop the files in it instead.");
    }

    @Test
    void ofSeveralFoldersTheFirstIsNamedAndTheOthersAreCounted() throws IOException {
        Path holiday = Files.createDirectory(folder.resolve("Holiday"));
        Path music = Files.createDirectory(folder.resolve("Music"));
        app.drops().add(List.of(holiday, music, file("txt", "x"), file(".md", "y")), new ItemSource.Inbox());
        app.awaitRows("txt", ".md");
        assertThat(app.toast())
                .isEqualTo("Holiday: That is a folder. Drop the files in it instead. 1 other item could not be"
                        + " added either.");
    }

    @Test
    void aFileThatIsTooLargeIsNamed() throws IOException {
        Path large = folder.resolve("large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((100L << 20) + 1);
        }
        app.drops().add(List.of(large), new ItemSource.Inbox());
        assertThat(app.toast())
                .isEqualTo("large.bin: The file is larger than 100 MB, which is the most that can be attached.");
        assertThat(app.titles()).isEmpty();
    }
}
