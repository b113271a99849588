package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** A section of the sidebar that the person arranges: lists, tags or saved searches. Belongs to the thread of its executor. */
public final class SidebarSection implements AutoCloseable {
    private final Commands commands;
    private final SerialTaskRunner background;
    private final UndoViewModel undo;
    private final Consumer<Throwable> failed;
    private final LiveList<Entry> entries;
    private Set<ItemSource> shown = Set.of();
    private final Consumer<ItemSource> removed;
    private Runnable filled = () -> {};

    /**
     * One line.
     *
     * @param key names it within its section
     * @param view what it opens
     * @param color a colour's name, or {@code null} for the one that follows from the key
     * @param icon an icon's name, or {@code null}
     * @param count how many open items it holds; negative if that is not counted
     */
    public record Entry(
            String key,
            ItemSource view,
            String name,
            @Nullable String color,
            @Nullable String icon,
            int count) {
        /** The same with this count. */
        Entry counting(int number) {
            return new Entry(key, view, name, color, icon, number);
        }
    }

    /** What can be done to the entries; each is durable when it returns. */
    interface Commands {
        /** What shows the entry that was made. */
        ItemSource add(String name);

        /** What shows the entry from now on. */
        ItemSource rename(String key, String name);

        void setColor(String key, @Nullable String color);

        void setIcon(String key, @Nullable String icon);

        void move(String key, @Nullable String above, @Nullable String below);

        /** The sentence about it. */
        String delete(String key);
    }

    /** @param removed receives the view of each entry that this or another device deletes */
    SidebarSection(
            Database database,
            Executor executor,
            SerialTaskRunner background,
            UndoViewModel undo,
            Commands commands,
            Consumer<ItemSource> removed,
            Consumer<Throwable> failed) {
        this.commands = commands;
        this.background = background;
        this.undo = undo;
        this.removed = removed;
        this.failed = failed;
        entries = new LiveList<>(database, executor, Entry::key, failed);
        entries.setUpdateListeners(cause -> {}, update -> updated());
    }

    /** Has this called once, when it has its first entries. */
    public void onLoaded(Runnable called) {
        filled = called;
    }

    private void updated() {
        notifyRemoved();
        Runnable called = filled;
        filled = () -> {};
        called.run();
    }

    private void notifyRemoved() {
        Set<ItemSource> before = shown;
        shown = entries().stream().map(Entry::view).collect(Collectors.toSet());
        before.stream().filter(view -> !shown.contains(view)).forEach(removed);
    }

    void start(Query<Entry> query) {
        entries.show(query);
    }

    public ObservableList<Entry> entries() {
        return entries.rows();
    }

    /** The entry with this key, if it is still there: another device may have deleted it. */
    Optional<Entry> entry(String key) {
        return entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** The entry that shows this view, if there is one. */
    @Nullable
    Entry of(ItemSource view) {
        return entries().stream()
                .filter(entry -> entry.view().equals(view))
                .findFirst()
                .orElse(null);
    }

    /**
     * Makes an entry; a blank name makes none.
     *
     * @param made takes the view that shows it
     */
    void add(String name, Consumer<ItemSource> made) {
        if (!name.isBlank()) {
            background.run(() -> commands.add(name), made, failed);
        }
    }

    /**
     * Gives an entry another name; a blank one leaves it. Like all that follows, it does nothing once the entry is gone.
     *
     * @param renamed takes the view that shows it from now on
     */
    void rename(String key, String name, Consumer<ItemSource> renamed) {
        entry(key)
                .filter(entry -> !name.isBlank() && !name.strip().equals(entry.name()))
                .ifPresent(entry -> background.run(() -> commands.rename(key, name), renamed, failed));
    }

    void setColor(String key, @Nullable String color) {
        entry(key).ifPresent(entry -> run(() -> commands.setColor(key, color)));
    }

    void setIcon(String key, @Nullable String icon) {
        entry(key).ifPresent(entry -> run(() -> commands.setIcon(key, icon)));
    }

    /** Moves an entry one place up or down, if there is one. */
    void moveBy(String key, boolean down) {
        int index = indexOf(key);
        int target = down ? index + 1 : index - 1;
        if (index >= 0 && target >= 0 && target < entries().size()) {
            moveBeside(key, entries().get(target).key(), down);
        }
    }

    /** Moves an entry before or after another one. */
    void moveBeside(String key, String target, boolean after) {
        List<String> others = entries().stream()
                .map(Entry::key)
                .filter(other -> !other.equals(key))
                .toList();
        int index = others.indexOf(target);
        if (index < 0 || indexOf(key) < 0) {
            return;
        }
        int place = after ? index + 1 : index;
        String above = place == 0 ? null : others.get(place - 1);
        String below = place == others.size() ? null : others.get(place);
        run(() -> commands.move(key, above, below));
    }

    /**
     * Deletes an entry and says so, with a way back.
     *
     * @param deleted called once it is gone
     */
    void delete(String key, Runnable deleted) {
        entry(key).ifPresent(entry -> undo.offer(() -> commands.delete(key), deleted));
    }

    private int indexOf(String key) {
        return entries().stream().map(Entry::key).toList().indexOf(key);
    }

    private void run(Runnable work) {
        background.run(
                () -> {
                    work.run();
                    return true;
                },
                done -> {},
                failed);
    }

    @Override
    public void close() {
        entries.close();
    }
}
