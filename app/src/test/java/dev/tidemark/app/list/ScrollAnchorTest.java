package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of another device move neither the row under the pointer nor the visible rows of a scrolled list. */
@Proof
class ScrollAnchorTest {
    private static final int MANY = 60;
    private static final double ROW = 40;

    @TempDir
    private Path profile;

    @TempDir
    private Path otherProfile;

    @TempDir
    private Path folder;

    /** The window, and another device that has the same items. */
    private interface Scene {
        void play(OpenWindow open, Device other) throws Exception;
    }

    /** Another device, of which the window hears what it adds and deletes. */
    private record Device(OpenWindow open, AppContext composition) {
        void add(List<String> titles) throws Exception {
            Items items = new Items(composition.database());
            items.inTransaction(writer -> titles.stream()
                    .map(title -> writer.add(NewItem.todo(title)))
                    .toList());
            sync();
        }

        void trash(UUID id) throws Exception {
            new Items(composition.database()).trash(id);
            sync();
        }

        void sync() throws Exception {
            composition.sync().syncNow().get();
            open.composition().sync().syncNow().get();
        }
    }

    private void with(int number, Scene scene) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile);
                AppContext composition = AppContext.of(ProfileFolders.below(otherProfile))) {
            Device other = new Device(open, composition);
            Items items = new Items(open.composition().database());
            items.inTransaction(writer -> IntStream.rangeClosed(1, number)
                    .mapToObj(index -> writer.add(NewItem.todo("Mine " + (number + 1 - index))))
                    .toList());
            open.composition().set(Setting.SYNC_FOLDER, folder.toString());
            open.composition().sync().syncNow().get();
            composition.set(Setting.SYNC_FOLDER, folder.toString());
            other.sync();
            open.screen().await("the rows are there", () -> rows(open).size() == number);
            open.screen().moveAway();
            scene.play(open, other);
        }
    }

    private static List<String> rows(OpenWindow open) {
        return Screen.onScreen(() ->
                open.window().model().list().rows().stream().map(ItemRow::title).toList());
    }

    private static UUID id(OpenWindow open, String title) {
        return Screen.onScreen(() -> open.window().model().list().rows().stream()
                .filter(row -> row.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id());
    }

    private static void scrollTo(int index) {
        Screen.onScreen(() -> {
            ListView<?> list = (ListView<?>)
                    Screen.visible(node -> "item-list".equals(node.getId())).getFirst();
            list.scrollTo(index);
            list.layout();
            return true;
        });
    }

    private static void awaitArrival(OpenWindow open, int number) {
        open.screen().await("it has arrived", () -> rows(open).size() == number);
    }

    @Test
    void theRowUnderThePointerStaysWhereItIsAtTheTop() throws Exception {
        with(MANY, (open, other) -> {
            open.screen().pointAt("Mine 3");
            double before = open.screen().top("Mine 3");
            other.add(List.of("Theirs"));
            awaitArrival(open, MANY + 1);
            assertThat(rows(open).getFirst()).isEqualTo("Theirs");
            assertThat(open.screen().top("Mine 3")).isEqualTo(before);
        });
    }

    @Test
    void theRowUnderThePointerStaysWhereThereIsNothingToScrollUntilThePointerLeaves() throws Exception {
        with(3, (open, other) -> {
            open.screen().pointAt("Mine 2");
            double before = open.screen().top("Mine 2");
            other.add(List.of("Theirs"));
            awaitArrival(open, 4);
            other.add(List.of("Theirs too"));
            awaitArrival(open, 5);
            assertThat(open.screen().top("Mine 2")).isEqualTo(before);
            open.screen().moveAway();
            assertThat(open.screen().top("Mine 2")).isEqualTo(before + 2 * ROW);
            assertThat(open.screen().rows().getFirst()).isEqualTo("Theirs too");
        });
    }

    @Test
    void tickingOffMovesNothingEitherAndWhatThePersonAddsIsSeen() throws Exception {
        with(3, (open, other) -> {
            double highest = open.screen().top("Mine 1");
            // What is done stays where it is, so that nothing leaves after a while.
            open.screen().click("arrange");
            open.screen().click("arrange-show-done");
            open.screen().pointAt("Mine 2");
            double before = open.screen().top("Mine 2");
            other.add(List.of("Theirs"));
            awaitArrival(open, 4);
            open.screen().tick("Mine 3");
            open.screen()
                    .await(
                            "it is saved and shown",
                            () -> Screen.onScreen(() ->
                                    open.window().model().list().rows().stream().anyMatch(ItemRow::done)));
            assertThat(open.screen().top("Mine 2")).isEqualTo(before);
            new Items(open.composition().database()).add(NewItem.todo("Added"));
            awaitArrival(open, 5);
            assertThat(open.screen().top("Added")).isEqualTo(highest);
        });
    }

    @Test
    void aRowThatLeavesAboveThePointerMovesNothingUnderIt() throws Exception {
        with(3, (open, other) -> {
            UUID first = id(open, "Mine 1");
            open.screen().pointAt("Mine 3");
            double before = open.screen().top("Mine 3");
            other.trash(first);
            awaitArrival(open, 2);
            assertThat(open.screen().top("Mine 3")).isEqualTo(before);
            open.screen().moveAway();
            assertThat(open.screen().top("Mine 3")).isEqualTo(before - ROW);
        });
    }

    @Test
    void whatArrivesIsShownAtTheTopWhereThePointerIsElsewhere() throws Exception {
        with(MANY, (open, other) -> {
            double before = open.screen().top("Mine 1");
            other.add(List.of("Theirs"));
            awaitArrival(open, MANY + 1);
            assertThat(open.screen().top("Theirs")).isEqualTo(before);
            assertThat(open.screen().top("Mine 1")).isEqualTo(before + ROW);
        });
    }

    @Test
    void aScrolledListStaysWhereItIsReadWhereverThePointerIs() throws Exception {
        with(MANY, (open, other) -> {
            scrollTo(20);
            double before = open.screen().top("Mine 25");
            other.add(List.of("Theirs"));
            awaitArrival(open, MANY + 1);
            assertThat(open.screen().top("Mine 25")).isEqualTo(before);
            open.screen().pointAt("Mine 28");
            double pointed = open.screen().top("Mine 28");
            other.trash(id(open, "Mine 5"));
            awaitArrival(open, MANY);
            assertThat(open.screen().top("Mine 28")).isEqualTo(pointed);
        });
    }

    @Test
    void anExchangeOfAllRowsMovesNothingUnderThePointer() throws Exception {
        with(MANY, (open, other) -> {
            open.screen().pointAt("Mine 4");
            double before = open.screen().top("Mine 4");
            other.add(
                    IntStream.range(0, 150).mapToObj(index -> "Theirs " + index).toList());
            awaitArrival(open, MANY + 150);
            assertThat(open.screen().top("Mine 4")).isEqualTo(before);
            scrollTo(170);
            double scrolled = open.screen().top("Mine 25");
            other.add(IntStream.range(0, 150).mapToObj(index -> "More " + index).toList());
            awaitArrival(open, MANY + 300);
            assertThat(open.screen().top("Mine 25")).isEqualTo(scrolled);
        });
    }

    @Test
    void whatThePersonAddsIsShownAtTheTopWhereverThePointerIs() throws Exception {
        with(MANY, (open, other) -> {
            open.screen().press(KeyCode.CONTROL, KeyCode.N);
            open.screen().pointAt("Mine 3");
            double before = open.screen().top("Mine 1");
            open.screen().type("Added");
            open.screen().press(KeyCode.ENTER);
            awaitArrival(open, MANY + 1);
            assertThat(open.screen().top("Added")).isEqualTo(before);
        });
    }
}
