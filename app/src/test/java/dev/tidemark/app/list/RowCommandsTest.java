package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.app.quickadd.LineParser;
import dev.tidemark.app.undo.Toasts;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on several items at once, in a real database without a window. */
class RowCommandsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @TempDir
    Path folder;

    private final Locale before = Locale.getDefault();
    private final List<UUID> chosen = new ArrayList<>();
    private final List<Integer> checkpoints = new ArrayList<>();
    private Database database;
    private Items items;
    private UndoStack stack;
    private Toasts toasts;
    private ItemCommands commands;
    private PurgeStatus purges = new PurgeStatus(0, false, Map.of());

    @BeforeEach
    void open() {
        Locale.setDefault(Locale.ENGLISH);
        database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
        items = new Items(database);
        stack = new UndoStack(database, InstantSource.system());
        toasts = new Toasts(new ManualScheduler());
        SerialTaskRunner now = SerialTaskRunner.on(Runnable::run, Runnable::run);
        Consumer<Throwable> failed = problem -> {
            throw new AssertionError(problem);
        };
        UndoViewModel undo = new UndoViewModel(stack, now, toasts, id -> {}, failed);
        UndoableItemWriter steps =
                new UndoableItemWriter(new Items(stack), now, undo, toasts, () -> purges, checkpoints::add, failed);
        LiveList<ItemRow> list = new LiveList<>(database, Runnable::run, ItemRow::id, failed);
        commands = new ItemCommands(
                steps,
                new FadingRows(list, () -> 600, new ManualScheduler()),
                ItemSource.All::new,
                () -> SelectionSnapshot.of(rows()),
                new SimpleObjectProperty<>(),
                new LineParser(List::of, () -> TODAY.atStartOfDay(ZoneOffset.UTC)));
    }

    @AfterEach
    void close() {
        database.close();
        Locale.setDefault(before);
    }

    private List<ItemRow> rows() {
        List<ItemRow> all = new ArrayList<>(database.list(ItemQueries.rows(new ItemSource.All(), true)));
        all.addAll(database.list(ItemQueries.rows(new ItemSource.Trash(), true)));
        return all.stream().filter(row -> chosen.contains(row.id())).toList();
    }

    private Item item(UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    private UUID choose(NewItem item) {
        UUID id = items.add(item);
        chosen.add(id);
        return id;
    }

    private String toast() {
        return Objects.requireNonNull(toasts.currentProperty().get()).text();
    }

    @Test
    void aDayIsSetForAllInOneStepAndLeavesTheirTimesAndRules() {
        Due daily = new Due(TODAY.minusDays(3), LocalTime.of(9, 0)).repeating(Repeat.daily(1));
        UUID one = choose(NewItem.todo("One").withDue(daily));
        UUID two = choose(NewItem.todo("Two"));
        UUID other = items.add(NewItem.todo("Other"));
        commands.setDay(SelectionSnapshot.of(rows()), TODAY);
        assertThat(item(one).due()).isEqualTo(new Due(TODAY, LocalTime.of(9, 0)).repeating(Repeat.daily(1)));
        assertThat(item(two).due()).isEqualTo(new Due(TODAY));
        assertThat(item(other).due()).isNull();
        assertThat(toast()).isEqualTo("Date of 2 items changed");
        stack.undo();
        assertThat(item(one).due()).isEqualTo(daily);
        assertThat(item(two).due()).isNull();
    }

    @Test
    void copiesAreOpenHaveAllFieldsAndAreUndoneInOneStep() {
        UUID home = new Lists(database).add("Home");
        LocalDateTime later =
                LocalDateTime.now(ZoneId.systemDefault()).plusYears(1).truncatedTo(ChronoUnit.MINUTES);
        UUID pack = choose(NewItem.todo("Pack")
                .withBody("- [ ] socks")
                .withDue(new Due(TODAY).repeating(Repeat.daily(1)))
                .withPriority(Priority.HIGH)
                .inList(home)
                .withTags(List.of("travel"))
                .withReminder(later));
        UUID note = choose(NewItem.note("Route").withReminder(later.minusYears(2)));
        BlobId ticket = database.blobs().add(new ByteArrayInputStream(new byte[] {1}));
        items.inTransaction(writer -> writer.attach(pack, "ticket", ticket, 1));
        items.setDone(note, true);
        commands.duplicateSelected();
        assertThat(toast()).isEqualTo("2 items duplicated");
        List<ItemRow> all = database.list(ItemQueries.rows(new ItemSource.All(), true));
        Item packCopy = item(copy(all, "Pack", pack));
        Item before = item(pack);
        assertThat(packCopy)
                .usingRecursiveComparison()
                .ignoringFields("id", "createdAt")
                .isEqualTo(before);
        assertThat(database.list(Attachment.of(packCopy.id())))
                .extracting(Attachment::content)
                .containsExactly(ticket);
        Item noteCopy = item(copy(all, "Route", note));
        assertThat(noteCopy.kind()).isEqualTo(Kind.NOTE);
        assertThat(noteCopy.reminder()).as("its time has passed").isNull();
        stack.undo();
        assertThat(database.list(ItemQueries.rows(new ItemSource.All(), true)))
                .extracting(ItemRow::id)
                .containsExactlyInAnyOrder(pack, note);
    }

    @Test
    void onlyItemsOutsideTheTrashAreDuplicated() {
        UUID kept = choose(NewItem.todo("Kept"));
        UUID trashed = choose(NewItem.todo("Trashed"));
        items.trash(trashed);
        commands.duplicateSelected();
        assertThat(toast()).isEqualTo("Duplicated");
        assertThat(database.list(ItemQueries.rows(new ItemSource.All(), true)))
                .extracting(ItemRow::title)
                .containsExactly("Kept", "Kept");
        assertThat(item(kept).trashed()).isFalse();
    }

    @Test
    void daysBeyondTheLastYearLeaveTheDueDateAsItIs() {
        Due last = new Due(LocalDate.of(9999, 12, 31), LocalTime.of(9, 0)).repeating(Repeat.daily(1));
        UUID late = choose(NewItem.todo("Late").withDue(last));
        UUID soon = choose(NewItem.todo("Soon").withDue(new Due(TODAY)));
        commands.moveSelectedByDays(1);
        assertThat(item(late).due()).isEqualTo(last);
        assertThat(item(soon).due()).isEqualTo(new Due(TODAY.plusDays(1)));
    }

    private static UUID copy(List<ItemRow> rows, String title, UUID original) {
        return rows.stream()
                .filter(row -> row.title().equals(title) && !row.id().equals(original))
                .map(ItemRow::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void priorityListAndTagsAreSetForThoseThatDiffer() {
        UUID home = new Lists(database).add("Home");
        UUID one = choose(
                NewItem.todo("One").withPriority(Priority.HIGH).inList(home).withTags(List.of("red")));
        UUID two = choose(NewItem.todo("Two"));
        commands.setPriority(SelectionSnapshot.of(rows()), Priority.HIGH);
        assertThat(toast()).isEqualTo("Priority changed");
        commands.moveTo(SelectionSnapshot.of(rows()), home, "Home");
        assertThat(toast()).isEqualTo("Moved to Home");
        commands.setTag(SelectionSnapshot.of(rows()), "red", true);
        assertThat(toast()).isEqualTo("Tagged #red");
        assertThat(item(two).priority()).isEqualTo(Priority.HIGH);
        assertThat(item(two).list()).isEqualTo("Home");
        assertThat(item(two).tags()).containsExactly("red");
        commands.setTag(SelectionSnapshot.of(rows()), "red", false);
        assertThat(item(one).tags()).isEmpty();
        assertThat(toast()).isEqualTo("Tag removed from 2 items: #red");
        commands.moveTo(SelectionSnapshot.of(rows()), null, "Inbox");
        assertThat(item(one).list()).isNull();
        for (int step = 0; step < 5; step++) {
            stack.undo();
        }
        assertThat(item(one).tags()).containsExactly("red");
        assertThat(item(two).tags()).isEmpty();
        assertThat(item(two).list()).isNull();
        assertThat(item(two).priority()).isEqualTo(Priority.NONE);
        assertThat(stack.last()).isNull();
    }

    @Test
    void whatChangesNothingIsNoStep() {
        choose(NewItem.todo("One"));
        commands.setPriority(SelectionSnapshot.of(rows()), Priority.NONE);
        commands.setDay(SelectionSnapshot.of(rows()), null);
        commands.moveTo(SelectionSnapshot.of(rows()), null, "Inbox");
        commands.setTag(SelectionSnapshot.of(rows()), "red", false);
        assertThat(stack.last()).isNull();
        assertThat(toasts.currentProperty().get()).isNull();
    }

    /** Of thousands, not all rows are at hand: what is known of those says nothing of the others. */
    @Test
    void whatIsNotAtHandIsReadWhenItIsDoneAndOnlyWhatIsStillInTheList() {
        UUID high = items.add(NewItem.todo("High").withPriority(Priority.HIGH).withTags(List.of("red")));
        UUID plain = items.add(NewItem.todo("Plain"));
        UUID left = items.add(NewItem.todo("Left"));
        UUID later = items.add(NewItem.todo("Later"));
        items.setDone(left, true);
        SelectionSnapshot all = new SelectionSnapshot(
                List.of(),
                3,
                new SelectionSnapshot.UnloadedItems(
                        Set.of(high, plain, left),
                        ItemQueries.summaries(new ItemSource.All(), ViewOptions.of(new ItemSource.All()))));
        commands.setPriority(all, Priority.HIGH);
        assertThat(toast()).isEqualTo("Priority changed");
        commands.toggleTag(all, "red");
        assertThat(toast()).isEqualTo("Tagged #red");
        assertThat(item(plain).tags()).containsExactly("red");
        commands.toggleTag(all, "red");
        assertThat(toast()).isEqualTo("Tag removed from 2 items: #red");
        commands.trash(all);
        assertThat(toast()).isEqualTo("2 items moved to Trash");
        for (UUID untouched : List.of(left, later)) {
            assertThat(item(untouched).priority()).isEqualTo(Priority.NONE);
            assertThat(item(untouched).trashed()).isFalse();
        }
        for (int step = 0; step < 4; step++) {
            stack.undo();
        }
        assertThat(item(high).tags()).containsExactly("red");
        assertThat(item(plain).priority()).isEqualTo(Priority.NONE);
        assertThat(stack.last()).isNull();
    }

    @Test
    void aCheckpointIsMadeBeforeAHundredItemsMoveToTheTrashAndNotBeforeFewer() {
        for (int number = 1; number < UndoableItemWriter.LARGE_TRASH; number++) {
            choose(NewItem.todo("Todo " + number));
        }
        commands.trashSelected();
        assertThat(checkpoints).isEmpty();
        stack.undo();
        choose(NewItem.todo("One more"));
        commands.trashSelected();
        assertThat(checkpoints).containsExactly(100);
        assertThat(toast()).isEqualTo("100 items moved to Trash");
        stack.undo();
        assertThat(database.list(ItemQueries.items(null, true, false))).hasSize(100);
    }

    @Test
    void theTrashIsRestoredAtOnceOrDeletedForGoodAndNothingElseIs() {
        UUID one = choose(NewItem.todo("One"));
        UUID two = choose(NewItem.todo("Two"));
        UUID kept = choose(NewItem.todo("Kept"));
        items.trash(one);
        items.trash(two);
        commands.restoreSelected();
        assertThat(toast()).isEqualTo("2 items restored");
        assertThat(item(one).trashed() || item(two).trashed()).isFalse();
        stack.undo();
        commands.purgeSelected();
        assertThat(toast()).isEqualTo("2 items deleted for good");
        assertThat(database.list(ItemQueries.items(null, true, true))).isEmpty();
        assertThat(item(kept).title()).isEqualTo("Kept");
        assertThat(stack.undo()).isNull();
    }

    @Test
    void whatIsDeletedForGoodIsSaidToRemainInTheStorageUntilAllDevicesHaveSynced() {
        items.trash(choose(NewItem.todo("One")));
        purges = new PurgeStatus(1, true, Map.of());
        commands.purgeSelected();
        assertThat(toast())
                .isEqualTo(
                        "Deleted for good. The storage still has the text until all devices have synced, for at least"
                                + " a day.");
    }

    @Test
    void whatIsDeletedForGoodNamesTheDevicesThatStillHaveIt() {
        items.trash(choose(NewItem.todo("One")));
        purges = new PurgeStatus(1, true, Map.of("Phone", 1));
        commands.purgeSelected();
        assertThat(toast())
                .isEqualTo("Deleted for good. Not yet deleted on: Phone."
                        + " The storage still has the text until all devices have synced.");
    }

    @Test
    void theMenuSaysWhatHoldsAndThePaletteHasTheSame() {
        choose(NewItem.todo("One").withPriority(Priority.HIGH).withTags(List.of("red", "blue")));
        choose(NewItem.todo("Two").withPriority(Priority.HIGH).withTags(List.of("red")));
        Command none = new Command(Group.ITEMS, "", "", null, () -> {});
        SelectionCommands selection = new SelectionCommands(
                () -> SelectionSnapshot.of(rows()),
                commands,
                List::of,
                () -> List.of("blue", "red"),
                () -> TODAY,
                item -> false,
                item -> {
                    throw new AssertionError("There is none");
                },
                new SelectionCommands.CommonCommands(none, none, none, none, none, none));
        List<String> holding = selection.lines().stream()
                .filter(SelectionCommands.MenuEntry.Submenu.class::isInstance)
                .flatMap(line -> ((SelectionCommands.MenuEntry.Submenu) line).choices().stream())
                .filter(choice -> Boolean.TRUE.equals(choice.isCurrent()))
                .map(SelectionCommands.Choice::id)
                .toList();
        assertThat(holding).containsExactly("row-due-none", "row-priority-high", "row-tag-red");
        assertThat(selection.commands().stream().map(Command::name))
                .contains("Due date: Tomorrow", "Priority: Low priority", "Tags: #blue", "Tags: #red")
                .as("nor what would change nothing")
                .doesNotContain("Move to: Inbox", "Priority: High priority", "Due date: No date");
        selection.commands().stream()
                .filter(command -> command.name().equals("Tags: #blue"))
                .forEach(command -> command.run().run());
        assertThat(rows()).allMatch(row -> row.tags().contains("blue"));
        chosen.clear();
        assertThat(selection.lines()).isEmpty();
        assertThat(selection.commands()).isEmpty();
    }
}
