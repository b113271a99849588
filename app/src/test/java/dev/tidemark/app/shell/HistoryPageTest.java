package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.UUID;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The history in the real window, of the library and of one item, with undo and restore. */
@ExtendWith(KeptLanguage.class)
class HistoryPageTest {
    @TempDir
    Path place;

    @Proof
    @Test
    void aVersionIsFoundBySliderRestoredAndTheRestoringUndone() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID milk = items.add(NewItem.todo("Buy milk"));
            items.setTitle(milk, "Buy oat milk");
            items.setTitle(milk, "Buy wine");
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Buy wine"));
            screen.select("Buy wine");
            screen.await("it is open", () -> screen.shows("detail-history"));
            screen.click("detail-history");
            screen.await("three versions are there", () -> screen.count("history-undo") == 3);
            screen.await(
                    "the newest is shown", () -> screen.texts("history-version").contains("Buy wine"));

            Screen.onScreen(() -> {
                ((Slider) open.window().stage().getScene().lookup("#history-slider")).setValue(0);
                return true;
            });
            screen.await(
                    "the oldest is shown", () -> screen.texts("history-version").contains("Buy milk"));
            screen.click("history-restore");
            screen.await(
                    "it is as it was",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy milk"));
            screen.await("that is in the history", () -> screen.count("history-undo") == 4);

            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await(
                    "it is undone",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy wine"));
        }
    }

    @Proof
    @Test
    void aChangeIsUndoneInTheHistoryOfEverythingAndItsItemOpened() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            UUID milk = new Items(database).add(NewItem.todo("Buy milk"));
            new Items(database).setTitle(milk, "Buy wine");
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Buy wine"));
            screen.click("view-history");
            screen.await("both changes are there", () -> screen.count("history-undo") == 2);
            assertThat(screen.texts("history")).contains("Changed “Buy wine”", "Added “Buy wine”");
            screen.clickFirst("history-undo");
            screen.await(
                    "it is as it was",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy milk"));
            screen.await("three changes are there", () -> screen.count("history-undo") == 3);
            screen.clickFirst("history-open");
            screen.await("the item is open", () -> screen.text("detail-title").equals("Buy milk"));
        }
    }
}
