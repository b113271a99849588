package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
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
            screen.await("it asks", () -> screen.shows("visit-restore-all-question"));
            assertThat(screen.text("visit-restore-all-question")).contains("tags added since are removed");
            screen.press(KeyCode.ESCAPE);
            screen.await("the question is gone", () -> !screen.shows("visit-restore-all-question"));
            screen.click("visit-restore-all");
            screen.await("it asks again", () -> screen.shows("visit-restore-all-question"));
            screen.click("visit-restore-all-confirm");
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

    @Proof
    @Test
    void oneListIsRestoredAndTwoCheckpointsAreCompared() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID garden = new Lists(database).add("Garden");
            UUID roses =
                    items.add(NewItem.todo("Prune the roses").inList(garden).withTags(List.of("spring")));
            UUID milk = items.add(NewItem.todo("Buy milk"));
            Checkpoints checkpoints =
                    new Checkpoints(database, open.composition().clock());
            checkpoints.create("First", "");
            items.setTitle(roses, "Cut the roses");
            items.untag(roses, "spring");
            items.tag(roses, "autumn");
            UUID seeds = items.add(NewItem.todo("Buy seeds").inList(garden));
            checkpoints.create("Second", "");
            items.setTitle(milk, "Buy wine");
            items.setList(roses, null);

            Screen screen = open.screen();
            screen.click("view-history");
            screen.click("history-checkpoints");
            screen.await("both are there", () -> screen.count("checkpoint-open") == 2);
            screen.click(() -> Screen.visible(node -> "checkpoint-open".equals(node.getId()))
                    .getLast());
            screen.await("it is open", () -> screen.texts("visit").contains("Prune the roses"));
            choose(screen, "visit-compare", "visit-compare-one");
            screen.await(
                    "they are compared",
                    () -> screen.texts("visit").contains("Between them: 1 added, 1 changed, 0 removed"));
            assertThat(screen.texts("visit"))
                    .contains("Prune the roses", "Buy seeds", "Garden · added since", "Tag, Title")
                    .doesNotContain("Buy milk");
            assertThat(screen.shows("visit-restore-all")).isFalse();

            choose(screen, "visit-compare", "visit-compare-now");
            screen.await("now is compared", () -> screen.texts("visit").contains("Buy milk"));
            choose(screen, "visit-list", "visit-list-one");
            screen.await(
                    "only its items are there", () -> !screen.texts("visit").contains("Buy milk"));
            screen.click("visit-restore-all");
            assertThat(screen.text("visit-restore-all-question")).contains("“Garden”", "the 1 item");
            screen.press(KeyCode.ENTER);
            screen.await(
                    "the list has its item",
                    () -> "Garden".equals(database.one(ItemQueries.item(roses)).list()));
            assertThat(database.one(ItemQueries.item(roses)).title()).isEqualTo("Prune the roses");
            assertThat(database.one(ItemQueries.item(roses)).tags()).containsExactly("spring");
            assertThat(database.one(ItemQueries.item(seeds)).list()).isEqualTo("Garden");
            assertThat(database.one(ItemQueries.item(milk)).title()).isEqualTo("Buy wine");
        }
    }

    private static void choose(Screen screen, String button, String line) {
        screen.click(button);
        screen.await("the menu is there", () -> screen.shows(line));
        screen.click(line);
    }
}
