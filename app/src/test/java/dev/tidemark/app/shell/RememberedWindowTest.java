package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.list.ItemListPane;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.sidebar.SidebarView;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window restores its state after a restart and after another view. */
class RememberedWindowTest {
    @TempDir
    Path profile;

    @Proof
    @Test
    void paneWidthsSurviveARestart() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen.onScreen(() -> {
                panes().sidebarWidthProperty().set(260);
                panes().listWidthProperty().set(410);
                return true;
            });
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            assertThat(width(SidebarView.class)).isEqualTo(260);
            assertThat(width(ItemListPane.class)).isEqualTo(410);
        }
    }

    @Proof
    @Test
    void theListTakesAShareOfTheWindowUntilItIsDragged() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            resize(open, 1000);
            assertThat(width(ItemListPane.class)).isEqualTo(360);
            resize(open, 1400);
            assertThat(width(ItemListPane.class)).isEqualTo(420);
            resize(open, 1600);
            assertThat(width(ItemListPane.class)).isEqualTo(480);
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            resize(again, 1400);
            assertThat(width(ItemListPane.class)).isEqualTo(420);
        }
    }

    @Proof
    @Test
    void viewSelectionAndScrollPositionSurviveARestart() throws Exception {
        UUID errands = fill();
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            show(open, new ItemSource.OfList(errands));
            screen.await("its rows are there", () -> screen.rows().contains("Errand 0"));
            scrollTo(40);
            screen.await("others are to be seen", () -> screen.rows().contains("Errand 42"));
            screen.select("Errand 42");
            screen.await("it is open", () -> screen.text("detail-title").equals("Errand 42"));
        }
        try (OpenWindow again = OpenWindow.on(profile)) {
            Screen screen = again.screen();
            screen.await("the list is shown", () -> screen.text("view-title").equals("Errands"));
            screen.await("the item is open", () -> screen.text("detail-title").equals("Errand 42"));
            screen.await("the same row is at the top", () -> top() == 40);
            screen.press(KeyCode.DOWN);
            screen.await(
                    "keys go on from there", () -> screen.text("detail-title").equals("Errand 43"));
        }
    }

    @Proof
    @Test
    void thePaletteOpensAnItemFarDownInItsList() throws Exception {
        fill();
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            screen.await("the Inbox is there", () -> screen.rows().contains("Letter"));
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("errand 42");
            screen.await("it is found", () -> screen.texts("palette-list").contains("Errand 42"));
            screen.press(KeyCode.ENTER);
            screen.await("its list is shown", () -> screen.text("view-title").equals("Errands"));
            screen.await("it is to be seen", () -> screen.rows().contains("Errand 42"));
            assertThat(screen.text("detail-title")).isEqualTo("Errand 42");
        }
    }

    @Test
    void opensWhereItCanBeSeenAfterItsScreenIsGone() throws Exception {
        note("x=-9000", "y=200", "width=900", "height=700");
        try (OpenWindow open = OpenWindow.on(profile)) {
            Stage stage = open.window().stage();
            assertThat(Screen.onScreen(() -> javafx.stage.Screen.getScreensForRectangle(
                            stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight())))
                    .isNotEmpty();
        }
    }

    @Test
    void knowsItsUsualSizeAfterFillingTheScreen() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Stage stage = open.window().stage();
            Screen.onScreen(() -> {
                stage.setWidth(910);
                stage.setHeight(620);
                return true;
            });
            open.screen().await("it is so large", () -> stage.getScene().getWidth() == 910);
            Screen.onScreen(() -> {
                stage.setMaximized(true);
                return true;
            });
            open.screen().await("it fills the screen", () -> stage.getScene().getWidth() > 910);
        }
        assertThat(Files.readAllLines(file())).contains("width=910.0", "height=620.0", "maximized=true");
    }

    /** A list with many items, and one item in the Inbox; returns the list. */
    private UUID fill() {
        try (AppContext library = AppContext.of(ProfileFolders.below(profile))) {
            Items items = new Items(library.database());
            items.add(NewItem.todo("Letter"));
            UUID errands = new Lists(library.database()).add("Errands");
            IntStream.range(0, 80)
                    .forEach(number ->
                            items.add(NewItem.todo("Errand " + (79 - number)).inList(errands)));
            return errands;
        }
    }

    private void note(String... lines) throws Exception {
        Files.createDirectories(Objects.requireNonNull(file().getParent()));
        Files.write(file(), List.of(lines));
    }

    private Path file() {
        return ProfileFolders.below(profile).configuration().resolve("window.properties");
    }

    private static void show(OpenWindow open, ItemSource view) {
        Screen.onScreen(() -> {
            open.window().model().list().show(view);
            return true;
        });
    }

    private static void resize(OpenWindow open, double width) {
        Screen.onScreen(() -> {
            open.window().stage().setWidth(width);
            return true;
        });
        open.screen()
                .await("it is so wide", () -> open.window().stage().getScene().getWidth() == width);
    }

    private static ThreePanes panes() {
        return (ThreePanes) Screen.visible(node -> node instanceof ThreePanes).getFirst();
    }

    private static double width(Class<? extends Node> part) {
        return Screen.onScreen(() -> {
            Node found = Screen.visible(part::isInstance).getFirst();
            found.getScene().getRoot().layout();
            return found.getLayoutBounds().getWidth();
        });
    }

    private static ListView<?> list() {
        return (ListView<?>)
                Screen.visible(node -> "item-list".equals(node.getId())).getFirst();
    }

    private static void scrollTo(int row) {
        Screen.onScreen(() -> {
            list().scrollTo(row);
            return true;
        });
    }

    private static int top() {
        return Screen.onScreen(() -> {
            VirtualFlow<?> flow = (VirtualFlow<?>) list().lookup(".virtual-flow");
            return flow.getFirstVisibleCell().getIndex();
        });
    }
}
