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
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in the real window. */
@ExtendWith(KeptLanguage.class)
class CheckpointsPageTest {
    @TempDir
    Path place;

    @Proof
    @Test
    void theLibraryIsLookedAtAsItWasAndBroughtBack() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            UUID milk = new Items(database).add(NewItem.todo("Buy milk"));
            Screen screen = open.screen();
            screen.click("view-history");
            screen.click("history-checkpoints");
            screen.await("the page is there", () -> screen.shows("checkpoint-name"));
            screen.click("checkpoint-name");
            screen.type("Spring");
            screen.press(KeyCode.ENTER);
            screen.await("it is made", () -> screen.texts("checkpoints").contains("Spring"));

            new Items(database).setTitle(milk, "Buy wine");
            new Items(database).add(NewItem.todo("Call Bob"));
            screen.click("checkpoint-open");
            screen.await("it is open", () -> screen.shows("visit-leave"));
            assertThat(screen.texts("visit"))
                    .contains("Buy milk", "Inbox · changed since", "Since then: 1 added, 1 changed, 0 removed")
                    .doesNotContain("Call Bob");
            screen.click("visit-restore-all");
            screen.await(
                    "it is as it was",
                    () -> database.one(ItemQueries.item(milk)).title().equals("Buy milk"));
            screen.await(
                    "nothing differs",
                    () -> screen.texts("visit").contains("Since then: 0 added, 1 changed, 0 removed")
                            || screen.texts("visit").contains("Since then: 1 added, 0 changed, 0 removed"));
            assertThat(database.list(ItemQueries.items(null, true, false))).hasSize(1);
            screen.click("visit-leave");
            screen.await(
                    "the state before has a checkpoint, too",
                    () -> screen.texts("checkpoints").contains("Before restoring “Spring”"));
        }
    }
}
