package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.model.UndoStack;
import dev.tidemark.app.model.UndoStep;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolves conflicts with the losing, winning or a merged version, and undoes that. */
class ConflictResolverTest {
    @TempDir
    private Path folder;

    private static void set(Database database, UUID item, String column, Object value) {
        database.write(tx -> tx.execute("UPDATE item SET " + column + " = ? WHERE id = ?", value, item));
    }

    @Test
    void theLosingVersionCanBeUsedForEveryColumn() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            List<String> columns = devices.laptop()
                    .list(Query.of("SELECT cid AS id, name FROM pragma_table_info('item') WHERE name <> 'id'")
                            .map(row -> Objects.requireNonNull(row.text("name"))));
            assertThat(columns).contains("title", "priority", "due");
            Map<String, UUID> items = new HashMap<>();
            for (String column : columns) {
                items.put(column, new Items(devices.laptop()).add(NewItem.todo("Buy milk")));
            }
            devices.sync();
            items.forEach((column, item) -> {
                set(devices.laptop(), item, column, sample(column, 3L, "lost"));
                set(devices.phone(), item, column, sample(column, 2L, "won"));
            });
            devices.sync();
            List<Conflict> conflicts = devices.laptop().conflicts();
            assertThat(conflicts).hasSize(columns.size());
            for (Conflict conflict : conflicts) {
                String column = conflict.column();
                assertThat(conflict.loser().value()).as(column).isEqualTo(sample(column, 3L, "lost"));
                new ConflictResolver(TransactionRunner.of(devices.laptop())).useLosingVersion(conflict);
            }
            devices.sync();
            assertThat(devices.phone().conflicts()).isEmpty();
            items.forEach((column, item) -> {
                Object stored = devices.phone()
                        .list(Query.of("SELECT id, " + column + " AS value FROM item WHERE id = ?", item)
                                .map(row -> Objects.requireNonNull(row.value("value"))))
                        .getFirst();
                assertThat(stored).as(column).isEqualTo(sample(column, 3L, "lost"));
            });
        }
    }

    /** A value of the column's type. */
    private static Object sample(String column, long number, String text) {
        return switch (column) {
            case "done", "trashed", "priority", "created_at" -> number;
            case "list_id" -> new byte[] {(byte) number};
            default -> text;
        };
    }

    /** Takes the last step back on the laptop, and has the phone hear of it. */
    private static void undo(TwoDevices devices, UndoStack stack, UndoStep.Action action) {
        UndoStack.Outcome outcome = Objects.requireNonNull(stack.undo());
        assertThat(outcome.step().action()).isEqualTo(action);
        assertThat(outcome.whole()).isTrue();
        devices.sync();
        assertThat(devices.phone().conflicts()).isEmpty();
    }

    private static void redo(TwoDevices devices, UndoStack stack, UndoStep.Action action) {
        UndoStack.Outcome outcome = Objects.requireNonNull(stack.redo());
        assertThat(outcome.step().action()).isEqualTo(action);
        devices.sync();
    }

    /** What the phone has of the item. */
    private static List<String> onPhone(TwoDevices devices, UUID item) {
        return devices.phone().list(ItemQueries.item(item)).stream()
                .map(found -> found.title() + "|" + found.body())
                .toList();
    }

    private static Conflict conflict(TwoDevices devices) {
        devices.sync();
        return devices.laptop().conflicts().getFirst();
    }

    private static UUID titledTwice(TwoDevices devices, Items items) {
        UUID item = items.add(NewItem.todo("Buy milk"));
        devices.sync();
        items.setTitle(item, "Buy oats");
        new Items(devices.phone()).setTitle(item, "Buy rice");
        return item;
    }

    @Test
    void whatLostWithinADeletedItemIsAskedOnceTheItemIsBack() {
        try (TwoDevices devices = new TwoDevices(folder);
                Database tablet = Database.open(
                        folder.resolve("tablet.db"), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named("tablet"))) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Buy milk"));
            SyncEngine.sync(tablet.changelog(), devices.laptop().changelog());
            devices.sync();
            new Items(devices.laptop()).setTitle(item, "Buy oats");
            new Items(devices.phone()).setTitle(item, "Buy rice");
            new Items(tablet).purge(item);
            SyncEngine.sync(tablet.changelog(), devices.laptop().changelog());
            devices.sync();
            assertThat(onPhone(devices, item)).isEmpty();
            List<Conflict> asked = ConflictLine.resolvable(devices.laptop());
            assertThat(asked).extracting(Conflict::column).containsOnly(Conflict.ROW);
            new ConflictResolver(TransactionRunner.of(devices.laptop())).useLosingVersion(asked.getFirst());
            devices.sync();
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
            Conflict title = ConflictLine.resolvable(devices.phone()).getFirst();
            assertThat(title.loser().value()).isEqualTo("Buy oats");
            new ConflictResolver(TransactionRunner.of(devices.phone())).useLosingVersion(title);
            devices.sync();
            assertThat(onPhone(devices, item)).containsExactly("Buy oats|");
            assertThat(devices.laptop().conflicts()).isEmpty();
        }
    }

    private static List<String> tags(Database database, UUID item) {
        return database.list(ItemQueries.item(item)).getFirst().tags();
    }

    @Test
    void anEditChosenOverAPurgeBringsTheItemBackWithItsTags() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            Items onLaptop = new Items(devices.laptop());
            UUID item = onLaptop.add(NewItem.todo("Buy milk").withTags(List.of("a", "b")));
            devices.sync();
            new Items(devices.phone()).setTitle(item, "Buy oats");
            onLaptop.purge(item);
            devices.sync();
            assertThat(onPhone(devices, item)).isEmpty();
            new ConflictResolver(TransactionRunner.of(devices.laptop())).useLosingVersion(conflict(devices));
            devices.sync();
            assertThat(onPhone(devices, item)).containsExactly("Buy oats|");
            assertThat(tags(devices.phone(), item)).containsExactly("a", "b");
        }
    }

    @Test
    void anEditKeptAgainstAPurgeKeepsTheTags() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            Items onLaptop = new Items(devices.laptop());
            UUID item = onLaptop.add(NewItem.todo("Buy milk").withTags(List.of("a", "b")));
            devices.sync();
            onLaptop.purge(item);
            new Items(devices.phone()).setTitle(item, "Buy oats");
            devices.sync();
            new ConflictResolver(TransactionRunner.of(devices.laptop())).keepWinner(conflict(devices));
            devices.sync();
            assertThat(tags(devices.phone(), item)).containsExactly("a", "b");
            assertThat(devices.phone().conflicts()).isEmpty();
        }
    }

    @Proof
    @Test
    void undoOfKeepingWritesTheLosingVersionAndRedoKeepsAgain() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            UUID item = titledTwice(devices, new Items(stack));
            new ConflictResolver(stack).keepWinner(conflict(devices));
            devices.sync();
            assertThat(devices.phone().conflicts()).isEmpty();
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
            undo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).containsExactly("Buy oats|");
            redo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
        }
    }

    @Test
    void undoOfKeepingLeavesWhatWasWrittenSince() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            UUID item = titledTwice(devices, new Items(stack));
            new ConflictResolver(stack).keepWinner(conflict(devices));
            devices.sync();
            new Items(devices.phone()).setTitle(item, "Buy nothing");
            devices.sync();
            assertThat(Objects.requireNonNull(stack.undo()).whole()).isFalse();
            devices.sync();
            assertThat(onPhone(devices, item)).containsExactly("Buy nothing|");
        }
    }

    @Test
    void undoOfTakingWhatLostIsAStepOfItsOwn() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            Items items = new Items(stack);
            UUID item = titledTwice(devices, items);
            Conflict conflict = conflict(devices);
            ConflictResolver choice = new ConflictResolver(stack);
            choice.useLosingVersion(conflict);
            items.setTitle(item, "Buy oats and rye");
            undo(devices, stack, UndoStep.Action.TITLE);
            assertThat(onPhone(devices, item)).containsExactly("Buy oats|");
            undo(devices, stack, UndoStep.Action.TITLE);
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
        }
    }

    @Test
    void undoOfMergingRestoresTheWinningText() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            UUID item = titledTwice(devices, new Items(stack));
            new ConflictResolver(stack).merge(conflict(devices), "Buy oats and rice");
            undo(devices, stack, UndoStep.Action.TITLE);
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
        }
    }

    @Test
    void undoOfKeepingADeleteBringsBackWhatWasEditedMeanwhile() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            Items items = new Items(stack);
            UUID item = items.add(NewItem.todo("Buy milk").withBody("two packets"));
            devices.sync();
            items.setTitle(item, "Buy oats");
            devices.phone().write(tx -> tx.delete("item", item));
            Conflict conflict = conflict(devices);
            assertThat(conflict.winner().delete()).isTrue();
            new ConflictResolver(stack).keepWinner(conflict);
            devices.sync();
            assertThat(devices.phone().conflicts()).isEmpty();
            assertThat(onPhone(devices, item)).isEmpty();
            undo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).containsExactly("Buy oats|two packets");
            redo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).isEmpty();
        }
    }

    @Test
    void undoOfKeepingWhatAnotherDeletedDeletesItAndRedoBringsItBack() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            UUID item = new Items(stack).add(NewItem.todo("Buy milk"));
            devices.sync();
            devices.laptop().write(tx -> tx.delete("item", item));
            new Items(devices.phone()).setTitle(item, "Buy rice");
            Conflict conflict = conflict(devices);
            assertThat(conflict.loser().delete()).isTrue();
            new ConflictResolver(stack).keepWinner(conflict);
            devices.sync();
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
            undo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).isEmpty();
            redo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, item)).containsExactly("Buy rice|");
        }
    }

    /** Two titles and two texts of an item, another item that one device deleted, and a third with two titles. */
    private static List<UUID> divergeMuch(TwoDevices devices, Items here) {
        Items there = new Items(devices.phone());
        UUID dinner = here.add(NewItem.todo("Dinner").withBody("Risotto"));
        UUID drill = here.add(NewItem.todo("Drill"));
        UUID milk = here.add(NewItem.todo("Milk"));
        devices.sync();
        here.setTitle(dinner, "Dinner here");
        here.setBody(dinner, "Lasagne");
        here.setTitle(milk, "Milk here");
        here.setTitle(drill, "Drill here");
        there.setTitle(dinner, "Dinner there");
        there.setBody(dinner, "Soup");
        there.setTitle(milk, "Milk there");
        there.purge(drill);
        devices.sync();
        assertThat(ConflictLine.resolvable(devices.laptop())).hasSize(4);
        return List.of(dinner, drill, milk);
    }

    private static List<String> onPhone(TwoDevices devices, List<UUID> items) {
        return items.stream().flatMap(item -> onPhone(devices, item).stream()).toList();
    }

    @Test
    void allWinningVersionsAreKeptAndUndoWritesAllLosingOnesInOneStep() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            MergedTexts.setOn(devices.laptop(), false);
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            List<UUID> items = divergeMuch(devices, new Items(stack));
            new ConflictResolver(stack).keepWinners(ConflictLine.resolvable(devices.laptop()));
            devices.sync();
            assertThat(ConflictLine.resolvable(devices.phone())).isEmpty();
            assertThat(onPhone(devices, items)).containsExactly("Dinner there|Soup", "Milk there|");
            undo(devices, stack, UndoStep.Action.KEEP);
            assertThat(onPhone(devices, items)).containsExactly("Dinner here|Lasagne", "Drill here|", "Milk here|");
        }
    }

    @Test
    void allLosingVersionsAreUsedAndUndoRestoresAllWinningOnesInOneStep() {
        try (TwoDevices devices = new TwoDevices(folder)) {
            MergedTexts.setOn(devices.laptop(), false);
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            List<UUID> items = divergeMuch(devices, new Items(stack));
            assertThat(new ConflictResolver(stack).useLosingVersions(ConflictLine.resolvable(devices.laptop())))
                    .isZero();
            devices.sync();
            assertThat(ConflictLine.resolvable(devices.phone())).isEmpty();
            assertThat(onPhone(devices, items)).containsExactly("Dinner here|Lasagne", "Drill here|", "Milk here|");
            assertThat(Objects.requireNonNull(stack.undo()).whole()).isTrue();
            devices.sync();
            assertThat(onPhone(devices, items)).containsExactly("Dinner there|Soup", "Milk there|");
        }
    }

    @Test
    void ofSeveralLosingVersionsOfAFieldTheLatestIsUsed() {
        try (TwoDevices devices = new TwoDevices(folder);
                Database tablet = Database.open(
                        folder.resolve("tablet.db"), LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named("tablet"))) {
            UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
            UUID item = new Items(devices.laptop()).add(NewItem.todo("Buy milk"));
            SyncEngine.sync(tablet.changelog(), devices.laptop().changelog());
            devices.sync();
            new Items(devices.laptop()).setTitle(item, "Buy oats");
            new Items(devices.phone()).setTitle(item, "Buy rice");
            // The clock of the tablet is not that of the others.
            new Items(tablet).setTitle(item, "Buy tea");
            SyncEngine.sync(tablet.changelog(), devices.laptop().changelog());
            devices.sync();
            List<Conflict> conflicts = ConflictLine.resolvable(devices.laptop());
            assertThat(conflicts).hasSize(2);
            Conflict latest = conflicts.stream()
                    .max(Comparator.comparing(conflict -> conflict.loser().wallMillis()))
                    .orElseThrow();
            new ConflictResolver(stack).useLosingVersions(conflicts);
            devices.sync();
            assertThat(devices.phone().conflicts()).isEmpty();
            assertThat(onPhone(devices, item)).containsExactly(latest.loser().value() + "|");
            undo(devices, stack, UndoStep.Action.TITLE);
            assertThat(onPhone(devices, item)).containsExactly(latest.winner().value() + "|");
        }
    }
}
