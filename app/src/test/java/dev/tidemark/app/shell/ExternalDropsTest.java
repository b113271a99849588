package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.ExternalDrag;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text and files from other programs are dragged onto the real window. */
class ExternalDropsTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static final double LOW = 300;
    private static final double MIDDLE = 16;

    @TempDir
    Path folder;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static Node node(String id) {
        return Screen.onScreen(
                () -> Screen.visible(node -> id.equals(node.getId())).getFirst());
    }

    private static Node row(String title) {
        return Screen.onScreen(() -> Screen.visible(node -> node instanceof ListCell<?> cell
                        && !cell.isEmpty()
                        && cell.lookup(".item-title") instanceof javafx.scene.control.Label label
                        && label.getText().equals(title))
                .getFirst());
    }

    private File file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toFile();
    }

    private static List<Item> items(Database database) {
        return database.list(ItemQueries.items(null, true, false));
    }

    @Proof
    @Test
    void linesAndFilesBecomeItemsOfTheViewTheyAreDroppedOn() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID home = new Lists(database).add("Home");
        Screen screen = open.screen();
        screen.await("the list is there", () -> screen.shows("list-" + home));
        ExternalDrag drag = ExternalDrag.of("- Milk\n- Oats\n");
        assertThat(drag.over(node("item-list"), LOW)).isTrue();
        assertThat(Screen.onScreen(() -> node("item-list").getStyleClass())).contains("drop-into");
        drag.drop(node("item-list"), LOW);
        screen.await("both are there", () -> screen.rows().equals(List.of("Milk", "Oats")));
        assertThat(Screen.onScreen(() -> node("item-list").getStyleClass())).doesNotContain("drop-into");
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await("both are gone", () -> screen.rows().isEmpty());

        assertThat(drag.over(node("list-" + home), MIDDLE)).isTrue();
        drag.drop(node("list-" + home), MIDDLE);
        screen.await("both are in the list", () -> items(database).size() == 2);
        assertThat(items(database)).allMatch(item -> home.equals(item.listId()));

        ExternalDrag files = ExternalDrag.of(List.of(file("Letter.md", "Dear Ada")));
        assertThat(files.over(node("item-list"), LOW)).isTrue();
        files.drop(node("item-list"), LOW);
        screen.await("a file beside the rows is a note", () -> screen.rows().equals(List.of("Letter")));
    }

    @Proof
    @Test
    void filesOnARowAreAttachedToItsItem() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID id = new Items(database).add(NewItem.todo("Plan the trip"));
        Screen screen = open.screen();
        screen.await("it is there", () -> screen.rows().contains("Plan the trip"));
        ExternalDrag drag = ExternalDrag.of(List.of(file("tickets.pdf", "x"), file("notes.md", "# Notes")));
        assertThat(drag.over(row("Plan the trip"), MIDDLE)).isTrue();
        assertThat(Screen.onScreen(() -> row("Plan the trip").getStyleClass())).contains("drop-into");
        drag.leave(node("item-list"));
        assertThat(Screen.onScreen(() -> row("Plan the trip").getStyleClass())).doesNotContain("drop-into");
        drag.over(row("Plan the trip"), MIDDLE);
        drag.drop(row("Plan the trip"), MIDDLE);
        screen.await("both are attached", () -> database.list(Attachment.of(id)).size() == 2);
        screen.await("it says so", () -> screen.text("toast-text").equals("2 files attached"));
        screen.click("toast-undo");
        screen.await("both are gone", () -> database.list(Attachment.of(id)).isEmpty());
        assertThat(items(database)).hasSize(1);
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pictures(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(folder.resolve("profile"), theme)) {
            Items items = new Items(open.composition().database());
            items.add(NewItem.todo("Call the dentist"));
            items.add(NewItem.todo("Plan the trip"));
            Screen screen = open.screen();
            screen.await("both are there", () -> screen.rows().size() == 2);
            String name = "drops/%s_" + theme.name().toLowerCase(Locale.ROOT);
            ExternalDrag drag = ExternalDrag.of(List.of(file("a.pdf", "x")));
            drag.over(row("Call the dentist"), MIDDLE);
            assertThat(Snapshots.take(open.window().stage(), 1000, 700, name.formatted("row")))
                    .isEmpty();
            drag.over(node("item-list"), LOW);
            assertThat(Snapshots.take(open.window().stage(), 1000, 700, name.formatted("list")))
                    .isEmpty();
        }
    }
}
