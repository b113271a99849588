package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.model.Sort;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.shell.MainModelFixture;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javafx.collections.SetChangeListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The rows, the search, the view options and the effect of commands on the list, without a window. */
@ExtendWith(KeptLanguage.class)
class ItemListViewModelTest {
    private static final LocalDate TODAY = MainModelFixture.TODAY;

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

    private void add(String... titles) {
        for (String title : titles) {
            app.items().add(NewItem.todo(title));
        }
        app.await("the items are there", () -> app.titles().containsAll(List.of(titles)));
    }

    private UUID id(String title) {
        return app.list().rows().get(app.titles().indexOf(title)).id();
    }

    private SelectionSnapshot selection(String... titles) {
        return SelectionSnapshot.of(app.list().rows().stream()
                .filter(row -> List.of(titles).contains(row.title()))
                .toList());
    }

    private List<String> headings() {
        return IntStream.range(0, app.list().rows().size())
                .mapToObj(app.list()::groupFrom)
                .filter(Objects::nonNull)
                .map(group -> group.heading(TODAY))
                .toList();
    }

    private String spoken(String title) {
        ItemListViewModel list = app.list();
        return RowAccessibleText.of(
                list.rows().get(app.titles().indexOf(title)), title, false, !list.showsOneList(), list.now());
    }

    @Test
    void rowsFollowChangesOfACommand() {
        UUID id = app.items().add(NewItem.todo("From elsewhere"));
        app.awaitRows("From elsewhere");
        app.items().setTitle(id, "Renamed");
        app.awaitRows("Renamed");
    }

    @Test
    void aSearchShowsResultsAfterEachLetterAndItsEndShowsTheViewBefore() {
        app.items().add(NewItem.todo("Buy milk").withTags(List.of("shop")));
        app.items().add(NewItem.note("Recipe").withBody("Milk and rice"));
        app.items().add(NewItem.todo("Call Ada"));
        app.show(new ItemSource.Notes(), "Recipe");
        app.list().search("mil");
        app.awaitRows("Recipe", "Buy milk");
        assertThat(app.list().searchedWords()).containsExactly("mil");
        app.list().search("milk -tag:shop");
        app.awaitRows("Recipe");
        app.list().search("ada");
        app.awaitRows("Call Ada");
        app.list().search("");
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Notes());
        app.awaitRows("Recipe");
    }

    @Test
    void aSearchFindsADueWeekdayAndNothingForAnUnknownWord() {
        LocalDate friday = TODAY.with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
        app.items().add(NewItem.todo("Buy milk").withDue(new Due(friday)));
        app.items().add(NewItem.todo("Call Ada"));
        app.list().search("due:friday");
        app.awaitRows("Buy milk");
        app.list().search("due:friday zebra");
        app.awaitRows();
    }

    @Test
    void rowsMoveByOnePlaceAndStaySelected() {
        add("D", "C", "B", "A");
        app.list().moves().moveBeside(List.of(id("D")), id("B"), false);
        app.awaitRows("A", "D", "B", "C");
        UUID a = id("A");
        app.list().selectedProperty().set(a);
        app.list().moveSelected(true);
        app.awaitRows("D", "A", "B", "C");
        app.list().moveSelected(true);
        app.awaitRows("D", "B", "A", "C");
        assertThat(app.list().selectedProperty().get()).isEqualTo(a);
    }

    @Test
    void eachViewKeepsItsSortOrderAcrossARestart() {
        add("D", "C", "B", "A");
        app.list().moves().moveBeside(List.of(id("D")), id("B"), false);
        app.awaitRows("A", "D", "B", "C");
        app.list().setOptions(app.list().optionsProperty().get().by(Sort.TITLE));
        app.awaitRows("A", "B", "C", "D");
        app.show(new ItemSource.All(), "A", "D", "B", "C");
        app.close();
        app = MainModelFixture.in(folder);
        app.awaitRows("A", "B", "C", "D");
        app.show(new ItemSource.All(), "A", "D", "B", "C");
    }

    @Test
    void severalItemsAreDroppedOnAListAndATag() {
        UUID home = new Lists(app.database()).add("Home");
        add("One", "Two", "Three");
        UUID three = id("Three");
        app.list().commands().drop(selection("Three"), new ItemSource.OfTag("red"), "red");
        assertThat(app.item(three).tags()).containsExactly("red");
        app.undoByToast();
        assertThat(app.item(three).tags()).isEmpty();
        UUID one = id("One");
        UUID two = id("Two");
        app.list().commands().drop(selection("One", "Two"), new ItemSource.OfList(home), "Home");
        app.awaitRows("Three");
        assertThat(app.item(one).list()).isEqualTo("Home");
        assertThat(app.item(two).list()).isEqualTo("Home");
        assertThat(app.toast()).isEqualTo("2 items moved to Home");
        app.undoByToast();
        app.awaitRows("Three", "Two", "One");
    }

    @Test
    void aDropOnTodayTheInboxAndTheTrashDatesMovesAndTrashes() {
        UUID home = new Lists(app.database()).add("Home");
        UUID one = app.items().add(NewItem.todo("One").inList(home));
        app.show(new ItemSource.All(), "One");
        ItemCommands commands = app.list().commands();
        commands.drop(selection("One"), new ItemSource.Today(TODAY), "Today");
        assertThat(app.item(one).due()).isEqualTo(new Due(TODAY));
        commands.drop(selection("One"), new ItemSource.Inbox(), "Inbox");
        assertThat(app.item(one).list()).isNull();
        commands.drop(selection("One"), new ItemSource.Completed(), "Completed");
        assertThat(app.item(one).done()).isFalse();
        commands.drop(selection("One"), new ItemSource.Trash(), "Trash");
        assertThat(app.item(one).trashed()).isTrue();
    }

    @Test
    void upcomingItemsAreGroupedByDay() {
        app.items().add(NewItem.todo("Later").withDue(new Due(TODAY.plusDays(20))));
        app.items().add(NewItem.todo("Late").withDue(new Due(TODAY.minusDays(3))));
        app.items().add(NewItem.todo("Next").withDue(new Due(TODAY.plusDays(1))));
        app.show(new ItemSource.Upcoming(TODAY), "Late", "Next", "Later");
        assertThat(headings()).startsWith("Overdue", "Tomorrow").hasSize(3);
        app.items().add(NewItem.todo("Late, too").withDue(new Due(TODAY.minusDays(2))));
        app.awaitRows("Late", "Late, too", "Next", "Later");
        assertThat(headings()).startsWith("Overdue", "Tomorrow").hasSize(3);
    }

    @Test
    void completedItemsAreOneGroupOfUpcoming() {
        for (String title : List.of("Open", "Done")) {
            UUID today = app.items().add(NewItem.todo(title + " today").withDue(new Due(TODAY)));
            UUID later = app.items().add(NewItem.todo(title + " later").withDue(new Due(TODAY.plusDays(20))));
            app.items().setDone(today, title.equals("Done"));
            app.items().setDone(later, title.equals("Done"));
        }
        ItemListViewModel list = app.list();
        app.show(new ItemSource.Upcoming(TODAY), "Open today", "Open later");
        list.setOptions(list.optionsProperty().get().withDone(true));
        app.await("all are there", () -> list.rows().size() == 4);
        assertThat(headings()).startsWith("Today").endsWith("Completed").hasSize(3);
        list.setOptions(list.optionsProperty().get().withDone(false));
        app.awaitRows("Open today", "Open later");
        list.commands().complete(list.rows().getFirst(), true);
        app.await(
                "the completed row stays for a moment",
                () -> list.rows().getFirst().done());
        assertThat(headings()).doesNotContain("Completed");
    }

    @Test
    void aCompletedRowStaysForAMomentAndCanBeReopened() {
        add("Maybe");
        ItemListViewModel list = app.list();
        UUID id = id("Maybe");
        list.commands().complete(list.rows().getFirst(), true);
        app.await("the row is done", () -> list.rows().getFirst().done());
        assertThat(app.item(id).done()).isTrue();
        list.commands().complete(list.rows().getFirst(), false);
        app.await("the row is open", () -> !list.rows().getFirst().done());
        app.pass(Duration.ofSeconds(5));
        app.awaitRows("Maybe");
        list.commands().complete(list.rows().getFirst(), true);
        app.await("the row is done", () -> list.rows().getFirst().done());
        app.pass(Duration.ofSeconds(5));
        app.awaitRows();
    }

    @Test
    void aFilterHidesItemsUntilItIsRemoved() {
        add("Plan");
        ItemListViewModel list = app.list();
        list.setOptions(list.optionsProperty().get().only(Kind.NOTE));
        app.awaitRows();
        assertThat(list.optionsProperty().get().filters()).isTrue();
        list.showUnfiltered();
        app.awaitRows("Plan");
        assertThat(list.optionsProperty().get().filters()).isFalse();
    }

    @Test
    void aRowIsReadOutWithAllThatItShows() {
        UUID home = new Lists(app.database()).add("Home");
        app.items()
                .add(NewItem.todo("Plan")
                        .inList(home)
                        .withTags(List.of("family", "food"))
                        .withPriority(Priority.HIGH)
                        .withBody("Eight people")
                        .withDue(new Due(TODAY.plusDays(1), null, Repeat.parse("FREQ=DAILY"))));
        app.items().add(NewItem.note("Idea").withDue(new Due(TODAY.plusDays(1))));
        UUID done = app.items().add(NewItem.todo("Past").withDue(new Due(TODAY)));
        app.items().setDone(done, true);
        ItemListViewModel list = app.list();
        list.show(new ItemSource.All());
        list.setOptions(list.optionsProperty().get().withDone(true));
        app.await("all are there", () -> list.rows().size() == 3);
        assertThat(spoken("Plan"))
                .isEqualTo("Plan, due Tomorrow, Every day, Has text, High priority, #family, #food, list Home");
        assertThat(spoken("Idea")).isEqualTo("Idea, Note, due Tomorrow");
        assertThat(spoken("Past")).isEqualTo("Past, done, due Today");
        app.show(new ItemSource.OfList(home), "Plan");
        assertThat(spoken("Plan")).doesNotContain("Home");
    }

    @Test
    void pastedLinesAreItemsInTheirOrderAndOneUndoStep() {
        app.list().commands().addLines("- [ ] Milk\n\n* Oats tomorrow\n  2) Tea\n");
        app.awaitRows("Milk", "Oats tomorrow", "Tea");
        assertThat(app.toast()).isEqualTo("3 items added");
        assertThat(app.list().rows()).allMatch(row -> row.due() == null);
        app.undo();
        app.awaitRows();
    }

    @Test
    void anItemFromAnotherDeviceIsHighlightedForASecondAndKeepsTheSelection() {
        try (TwoDevices devices = new TwoDevices(folder);
                MainModelFixture laptop = MainModelFixture.on(devices.laptop(), folder.resolve("profile"))) {
            UUID mine = laptop.items().add(NewItem.todo("Mine"));
            laptop.awaitRows("Mine");
            laptop.list().selectedProperty().set(mine);
            List<UUID> highlighted = new ArrayList<>();
            laptop.list().highlighted().addListener((SetChangeListener<UUID>) change -> {
                if (change.wasAdded()) {
                    highlighted.add(change.getElementAdded());
                }
            });
            UUID theirs = new Items(devices.phone()).add(NewItem.todo("Theirs"));
            devices.sync();
            laptop.awaitRows("Theirs", "Mine");
            laptop.await("the row is highlighted", () -> highlighted.equals(List.of(theirs)));
            assertThat(laptop.list().originOf(theirs)).isNotNull();
            assertThat(laptop.list().originOf(mine)).isNull();
            assertThat(laptop.list().selectedProperty().get()).isEqualTo(mine);
            laptop.pass(Duration.ofSeconds(1));
            assertThat(laptop.list().highlighted()).isEmpty();
            assertThat(laptop.list().originOf(theirs)).isNull();
        }
    }

    @Test
    void aNewItemOfAViewThatAcceptsNoneGoesToTheInbox() {
        app.list().show(new ItemSource.Trash());
        app.list().showForNewItem();
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Inbox());
        app.list().show(new ItemSource.Notes());
        app.list().showForNewItem();
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Notes());
    }

    @Test
    void viewsOfWhatIsDoneDeletedOrFoundAcceptNoNewItems() {
        assertThat(List.of(
                        new ItemSource.Trash(),
                        new ItemSource.Completed(),
                        new ItemSource.Conflicts(Set.of()),
                        new ItemSource.SearchResults("x", TODAY, null)))
                .noneMatch(ItemSource::acceptsNewItems);
        assertThat(List.of(new ItemSource.Inbox(), new ItemSource.Today(TODAY), new ItemSource.All()))
                .allMatch(ItemSource::acceptsNewItems);
    }

    @Test
    void rowsThatNewOnesPushOutOfAFullListDoNotFade() {
        app.items().inTransaction(writer -> {
            IntStream.range(0, 700).forEach(index -> writer.add(NewItem.todo("Row " + index)));
            return null;
        });
        app.await("the list is full", () -> app.list().rows().size() == 300);
        List<UUID> left = new ArrayList<>();
        app.list().fading().addListener((SetChangeListener<UUID>) change -> left.add(change.getElementAdded()));
        app.items().add(NewItem.todo("One more"));
        app.await("it is there", () -> app.titles().getFirst().equals("One more"));
        app.items().inTransaction(writer -> {
            IntStream.range(0, 5).forEach(index -> writer.add(NewItem.todo("Five more")));
            return null;
        });
        app.await("they are there", () -> app.titles().getFirst().equals("Five more"));
        assertThat(left).isEmpty();
        assertThat(app.list().rows()).hasSize(300);
    }

    @Test
    void fewTrashedRowsFadeAndManyLeaveAtOnce() {
        int many = FadingRows.MAX_FADING + 1;
        String[] titles = IntStream.range(0, many + 1)
                .mapToObj(index -> String.format("Row %02d", index))
                .toArray(String[]::new);
        add(titles);
        app.list().commands().trash(id(titles[0]));
        app.await("it fades", () -> app.list().fading().size() == 1);
        app.pass(FadingRows.FADE);
        assertThat(app.list().fading()).isEmpty();
        List<UUID> left = new ArrayList<>();
        app.list().fading().addListener((SetChangeListener<UUID>) change -> left.add(change.getElementAdded()));
        app.list().commands().trash(selection(titles));
        app.awaitRows();
        assertThat(left).isEmpty();
    }
}
