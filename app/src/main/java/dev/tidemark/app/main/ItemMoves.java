package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.ItemWriter;
import dev.tidemark.app.model.Items;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts rows elsewhere: within the list, or onto a line of the sidebar. Belongs to the view model's thread. */
final class ItemMoves {
    private final Items items;
    private final Background background;
    private final UndoViewModel undo;
    private final Consumer<Throwable> failed;
    private final Loaded loaded;

    /** What the list shows, which may be its beginning only. */
    interface Loaded {
        /** The rows that are there. */
        List<ItemRow> rows();

        /** Whether more follow them. */
        boolean isCut();

        /** What reads this many rows from the top, off the view model's thread. */
        Callable<List<ItemRow>> reading(int limit);
    }

    /** @param loaded what the list shows */
    ItemMoves(Items items, Background background, UndoViewModel undo, Consumer<Throwable> failed, Loaded loaded) {
        this.items = items;
        this.background = background;
        this.undo = undo;
        this.failed = failed;
        this.loaded = loaded;
    }

    /** Moves rows before or after another one in the person's order. What is done stays below what is open. */
    void beside(List<UUID> ids, UUID target, boolean after) {
        withNeighbours(ids, target, rows -> beside(rows, ids, target, after));
    }

    private void beside(List<ItemRow> rows, List<UUID> ids, UUID target, boolean after) {
        List<ItemRow> others =
                rows.stream().filter(row -> !ids.contains(row.id())).toList();
        int index = others.stream().map(ItemRow::id).toList().indexOf(target);
        if (index < 0) {
            return;
        }
        boolean done = others.get(index).done();
        int place = after ? index + 1 : index;
        UUID above = neighbour(others, place - 1, done);
        UUID below = neighbour(others, place, done);
        run(writer -> writer.move(ids, above, below));
    }

    /** Moves rows over the next one, up or down, if there is one. */
    void by(List<UUID> ids, boolean down) {
        if (!ids.isEmpty()) {
            List<UUID> shown = loaded.rows().stream().map(ItemRow::id).toList();
            UUID last =
                    ids.stream().max(Comparator.comparingInt(shown::indexOf)).orElseThrow();
            withNeighbours(ids, last, rows -> by(rows, ids, down));
        }
    }

    private void by(List<ItemRow> all, List<UUID> ids, boolean down) {
        List<UUID> order = all.stream().map(ItemRow::id).toList();
        List<Integer> places = ids.stream()
                .map(order::indexOf)
                .filter(place -> place >= 0)
                .sorted()
                .toList();
        if (places.isEmpty()) {
            return;
        }
        int next = down ? places.getLast() + 1 : places.getFirst() - 1;
        if (next >= 0
                && next < all.size()
                && all.get(next).done() == all.get(places.getFirst()).done()) {
            beside(all, ids, order.get(next), down);
        }
    }

    /** At the end of what is loaded of a long list, what follows there is read first: that end is none. */
    private void withNeighbours(List<UUID> ids, UUID target, Consumer<List<ItemRow>> work) {
        List<ItemRow> rows = loaded.rows();
        int beyond = ids.size() + 1;
        boolean isNearEnd = rows.stream()
                .limit(Math.max(0, rows.size() - beyond))
                .noneMatch(row -> row.id().equals(target));
        if (isNearEnd && loaded.isCut()) {
            background.run(loaded.reading(rows.size() + beyond + 1), work, failed);
        } else {
            work.accept(rows);
        }
    }

    private static @Nullable UUID neighbour(List<ItemRow> rows, int place, boolean done) {
        return place >= 0 && place < rows.size() && rows.get(place).done() == done
                ? rows.get(place).id()
                : null;
    }

    /**
     * Does what dropping items on a line of the sidebar means, and says so with a way back.
     *
     * @param name what the line is called
     */
    void onto(List<UUID> ids, ItemView target, String name) {
        List<ItemRow> moved =
                loaded.rows().stream().filter(row -> ids.contains(row.id())).toList();
        switch (target) {
            case ItemView.Inbox inbox -> toList(moved, null, name);
            case ItemView.OfList list -> toList(moved, list.id(), name);
            case ItemView.OfTag tag -> tagged(moved, tag.name());
            case ItemView.Today today -> dated(moved, today);
            case ItemView.Trash trash ->
                change(
                        moved,
                        (writer, row) -> writer.setTrashed(row.id(), true),
                        Texts.text(Keys.TOAST_TRASHED_SEVERAL, moved.size()));
            default -> {
                // The others are no places that anything could be put into.
            }
        }
    }

    private void toList(List<ItemRow> moved, @Nullable UUID list, String name) {
        change(
                moved,
                (writer, row) -> writer.setList(row.id(), list),
                Texts.text(Keys.TOAST_MOVED, moved.size(), name));
    }

    private void tagged(List<ItemRow> moved, String tag) {
        change(
                moved.stream().filter(row -> !row.tags().contains(tag)).toList(),
                (writer, row) -> writer.tag(row.id(), tag),
                Texts.text(Keys.TOAST_TAGGED, moved.size(), tag));
    }

    private void dated(List<ItemRow> moved, ItemView.Today today) {
        change(
                moved,
                (writer, row) -> writer.setDue(row.id(), SelectedItems.on(row.due(), today.date())),
                Texts.text(Keys.TOAST_MOVED, moved.size(), Texts.text(Keys.SIDEBAR_TODAY)));
    }

    private void change(List<ItemRow> rows, BiConsumer<ItemWriter, ItemRow> work, String sentence) {
        if (!rows.isEmpty()) {
            undo.offer(
                    () -> items.together(writer -> {
                        rows.forEach(row -> work.accept(writer, row));
                        return sentence;
                    }),
                    () -> {});
        }
    }

    private void run(Consumer<ItemWriter> work) {
        background.run(
                () -> items.together(writer -> {
                    work.accept(writer);
                    return true;
                }),
                done -> {},
                failed);
    }
}
