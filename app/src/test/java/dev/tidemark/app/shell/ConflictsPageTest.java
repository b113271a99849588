package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.HiddenDataFixture;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.proof.Proof;
import dev.tidemark.resources.Styles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;

/** The conflicts page in the real window, while another device writes. */
@ExtendWith(KeptLanguage.class)
class ConflictsPageTest {
    @TempDir
    Path place;

    @Proof
    @Test
    void chipMenuAndPaletteOpenTheConflictOfAnItem() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            new Items(open.composition().database()).add(NewItem.todo("Nothing lost"));
            ConflictFixture.on(open.composition(), phone, place);
            Screen screen = open.screen();
            String title = "Plan Rosa's birthday dinner";
            screen.await("it is there", () -> screen.rows().contains(title) && screen.hasConflict(title));
            screen.await("the other is there", () -> screen.rows().contains("Nothing lost"));

            screen.select("Nothing lost");
            screen.click(ConflictsPageTest::chip);
            screen.await("the choice has the keyboard", () -> isAtConflict(open, title));

            screen.select("Nothing lost");
            screen.await("it is closed", () -> screen.text("detail-title").equals("Nothing lost"));
            assertThat(Screen.onScreen(() -> open.window().commands().all().stream()
                            .map(Command::name)
                            .toList()))
                    .doesNotContain("Show the conflict");
            screen.press(KeyCode.CONTEXT_MENU);
            screen.await("the menu is there", () -> screen.shows("row-trash"));
            assertThat(screen.shows("row-conflict")).isFalse();
            screen.press(KeyCode.ESCAPE);
            screen.select(title);
            screen.press(KeyCode.CONTEXT_MENU);
            screen.await("the menu has it", () -> screen.shows("row-conflict"));
            screen.press(KeyCode.DOWN);
            screen.press(KeyCode.ENTER);
            screen.await("the choice has the keyboard", () -> isAtConflict(open, title));

            screen.press(KeyCode.CONTROL, KeyCode.L);
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("show the conflict");
            screen.press(KeyCode.ENTER);
            screen.await("the choice has the keyboard", () -> isAtConflict(open, title));
        }
    }

    private static Node chip() {
        return Screen.visible(node -> node.getStyleClass().containsAll(List.of(Styles.CHIP, Styles.CONFLICT)))
                .getFirst();
    }

    private static boolean isAtConflict(OpenWindow open, String title) {
        return open.screen().text("detail-title").equals(title)
                && Screen.onScreen(() -> {
                    Node owner = open.window().stage().getScene().getFocusOwner();
                    return owner != null && String.valueOf(owner.getId()).startsWith("conflict-");
                });
    }

    @Proof
    @Test
    void eachConflictResolvedHereIsGoneOnTheOtherDevice() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            ConflictFixture apart = ConflictFixture.on(open.composition(), phone, place);
            Screen screen = open.screen();
            Database here = open.composition().database();
            Database there = phone.database();
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            screen.await(
                    "three things are there",
                    () -> screen.text("conflicts-count").equals("3"));
            assertThat(screen.texts("conflicts"))
                    .contains("Flat", "Plan Rosa's birthday dinner", "Return the drill to Jonas");

            // By title: the list, then title and text of the item, then the one that was deleted.
            screen.clickFirst("conflict-use");
            screen.await(
                    "the list has its other name",
                    () -> here.list(SidebarQueries.lists()).getFirst().name().equals("House"));
            screen.await("two are left", () -> screen.text("conflicts-count").equals("2"));

            screen.clickFirst("conflict-keep");
            screen.await("the title is settled", () -> screen.count("conflict-keep") == 2);
            screen.clickFirst("conflict-merge");
            screen.await(
                    "both edits are in the text",
                    () -> screen.text("conflict-merged")
                            .equals("Nine people. Lasagne for the main course, and Tom brings the long table."
                                    + " Ada bakes."));
            screen.retype("conflict-merged", "Nine people. Lasagne. Ada bakes.");
            screen.click("conflict-merge-save");
            screen.await(
                    "the text is written",
                    () -> item(here, apart.item())
                            .equals("Plan Rosa's birthday dinner|Nine people. Lasagne. Ada bakes."));
            screen.await("it is settled", () -> screen.text("conflicts-count").equals("1"));

            screen.clickFirst("conflict-use");
            screen.await(
                    "what was deleted is back",
                    () -> item(here, apart.purged()).startsWith("Return the drill to Jonas"));
            screen.await("none is left", () -> screen.shows("conflicts-empty"));

            open.composition().sync().syncNow().get();
            phone.sync().syncNow().get();
            assertThat(there.conflicts()).isEmpty();
            assertThat(there.dump()).isEqualTo(here.dump());
            screen.press(KeyCode.CONTROL, KeyCode.DIGIT4);
            screen.await("the list is back", () -> screen.rows().size() == 2);
            assertThat(screen.shows("view-conflicts")).isFalse();
        }
    }

    @Proof
    @Test
    void aConflictResolvedElsewhereDisappearsUnlessItIsBeingMerged() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            ConflictFixture apart = ConflictFixture.on(open.composition(), phone, place);
            Screen screen = open.screen();
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            screen.await("all are there", () -> screen.shows("conflict-merge"));
            screen.clickFirst("conflict-merge");
            screen.await("the editor is there", () -> screen.shows("conflict-merged"));
            screen.retype("conflict-merged", "Mine");
            new Items(phone.database()).setTitle(apart.item(), "Settled on the phone");
            phone.sync().syncNow().get();
            open.composition().sync().syncNow().get();
            screen.await(
                    "the text has come",
                    () -> item(open.composition().database(), apart.item()).startsWith("Settled on the phone|"));
            screen.await(
                    "one is gone",
                    () -> open.composition().database().conflicts().size() == 3);
            assertThat(screen.text("conflict-merged")).isEqualTo("Mine");
            scrollToEnd();
            screen.click("conflict-merge-save");
            screen.await(
                    "it is written",
                    () -> item(open.composition().database(), apart.item()).startsWith("Mine|"));
            screen.clickFirst("conflict-open");
            screen.await("the item is open", () -> screen.text("detail-title").equals("Mine"));
        }
    }

    @Proof
    @Test
    void changesThatNoListShowsAreListedRestoredAndDiscarded() throws Exception {
        UUID plumber = UUID.randomUUID();
        try (AppContext laptop = AppContext.of(ProfileFolders.below(place.resolve("laptop")))) {
            HiddenDataFixture.edit(laptop.database(), "item", plumber, Map.of("title", "Call the plumber"));
            HiddenDataFixture.edit(laptop.database(), "tag", UUID.randomUUID(), Map.of("name", "urgent"));
        }
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"))) {
            Screen screen = open.screen();
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            screen.await(
                    "both are there",
                    () -> screen.text("conflicts-count").equals("2") && screen.shows("hidden-restore"));
            assertThat(screen.shows("conflicts-empty")).isFalse();

            screen.click("hidden-restore");
            screen.await("it is said", () -> screen.text("toast-text").equals("Restored"));
            screen.await("one is left", () -> screen.text("conflicts-count").equals("1"));
            assertThat(item(open.composition().database(), plumber)).isEqualTo("Call the plumber|");

            screen.click("hidden-discard");
            assertThat(screen.text("hidden-discard")).isEqualTo("Discard: this cannot be undone");
            screen.click("hidden-discard");
            screen.await("none is left", () -> screen.shows("conflicts-empty"));
        }
    }

    private static void scrollToEnd() {
        Screen.onScreen(() -> {
            ((ScrollPane) Screen.visible(node -> "conflicts-scroll".equals(node.getId()))
                            .getFirst())
                    .setVvalue(1);
            return true;
        });
    }

    @Proof
    @Test
    void allConflictsAreResolvedAtOnceAndListsOfOneNameJoinedAfterAQuestion() throws Exception {
        try (OpenWindow open = OpenWindow.on(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            ConflictFixture apart = ConflictFixture.on(open.composition(), phone, place);
            Database here = open.composition().database();
            new Lists(here).add("Garden");
            new Lists(phone.database()).add("garden");
            phone.sync().syncNow().get();
            open.composition().sync().syncNow().get();
            Screen screen = open.screen();
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            screen.await(
                    "all are there",
                    () -> screen.text("conflicts-count").equals("4") && screen.shows("conflicts-all-use"));

            screen.click("conflicts-all-use");
            assertThat(screen.text("conflicts-all-question")).contains("4 conflicts with the other versions");
            screen.press(KeyCode.ESCAPE);
            assertThat(screen.shows("conflicts-all-question")).isFalse();
            assertThat(here.conflicts()).hasSize(4);

            screen.click("conflicts-all-use");
            screen.press(KeyCode.ENTER);
            screen.await(
                    "only the lists are left",
                    () -> screen.text("conflicts-count").equals("1"));
            assertThat(item(here, apart.purged())).startsWith("Return the drill");
            screen.click("duplicate-list-join");
            screen.await("none is left", () -> screen.shows("conflicts-empty"));
            assertThat(here.list(SidebarQueries.lists())).hasSize(2);
            screen.click("toast-undo");
            screen.await(
                    "both lists are back",
                    () -> here.list(SidebarQueries.lists()).size() == 3);

            open.composition().sync().syncNow().get();
            phone.sync().syncNow().get();
            assertThat(phone.database().conflicts()).isEmpty();
            assertThat(phone.database().dump()).isEqualTo(here.dump());
        }
    }

    private static int lost(OpenWindow open) {
        return Screen.onScreen(() -> open.window().model().conflicts().currentProperty().get().groups().stream()
                .mapToInt(disputed -> disputed.losing().size())
                .sum());
    }

    private static String item(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).stream()
                .map(found -> found.title() + "|" + found.body())
                .findFirst()
                .orElse("");
    }

    @Proof
    @ParameterizedTest
    @EnumSource
    void pictures(ScreenshotVariant appearance) throws Exception {
        try (OpenWindow open = appearance.open(place.resolve("laptop"));
                AppContext phone = ConflictFixture.phone(place)) {
            ConflictFixture apart = ConflictFixture.on(open.composition(), phone, place);
            hide(open, phone.database().replica(), apart.item());
            Screen screen = open.screen();
            screen.await("the sidebar counts them", () -> screen.shows("view-conflicts"));
            screen.click("view-conflicts");
            screen.await("all are there", () -> screen.shows("conflict-merge") && screen.shows("hidden-waiting"));
            FxToolkit.setupFixture(() -> {
                ((Button) Screen.visible(node -> "conflict-merge".equals(node.getId()))
                                .getLast())
                        .fire();
                return true;
            });
            screen.moveAway();
            for (int[] size : List.of(new int[] {1000, 700}, new int[] {1600, 1000}, new int[] {540, 700})) {
                assertThat(Snapshots.take(
                                open.window().stage(), size[0], size[1], appearance.picture("conflicts", size[0])))
                        .isEmpty();
            }
            scrollToEnd();
            assertThat(Snapshots.take(open.window().stage(), 1000, 700, appearance.picture("not-shown", 1000)))
                    .isEmpty();
        }
    }

    /** The phone's changes that no list of the laptop shows. */
    private static void hide(OpenWindow open, ReplicaId phone, UUID shown) {
        HiddenDataFixture.editAll(open.composition().database(), phone, shown);
        Screen.onScreen(() -> {
            open.window().model().conflicts().refresh();
            return true;
        });
    }
}
