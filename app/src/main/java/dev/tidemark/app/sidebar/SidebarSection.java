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

/** Holds the entries of a sidebar section: lists, tags or saved searches. Belongs to the thread of its executor. */
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
     * An entry of the section.
     *
     * @param key identifies the entry within its section
     * @param color the name of a colour; {@code null} for the default colour of the entry
     * @param icon the name of an icon; {@code null} for the default
     * @param count the number of open items; negative if unknown
     */
    public record Entry(
            String key,
            ItemSource view,
            String name,
            @Nullable String color,
            @Nullable String icon,
            int count) {
        Entry counting(int number) {
            return new Entry(key, view, name, color, icon, number);
        }
    }

    /** Changes the entries. Each command is durable when it returns. */
    interface Commands {
        /** Adds an entry and returns its view. */
        ItemSource add(String name);

        /** Renames an entry and returns its view. */
        ItemSource rename(String key, String name);

        void setColor(String key, @Nullable String color);

        void setIcon(String key, @Nullable String icon);

        void move(String key, @Nullable String above, @Nullable String below);

        /** Deletes an entry and returns the message to show. */
        String delete(String key);
    }

    /**
     * @param removed receives the view of each entry that left the section, because this or another device deleted or
     *     renamed it
     */
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

    /** Sets an action that runs once, after the next query result. */
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

    /** Returns the entry with a key; empty if this or another device deleted it. */
    Optional<Entry> entry(String key) {
        return entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /** Returns the entry of a view; {@code null} if there is none. */
    @Nullable
    Entry of(ItemSource view) {
        return entries().stream()
                .filter(entry -> entry.view().equals(view))
                .findFirst()
                .orElse(null);
    }

    /** Adds an entry, unless the name is blank. */
    void add(String name, Consumer<ItemSource> created) {
        if (!name.isBlank()) {
            background.run(() -> commands.add(name), created, failed);
        }
    }

    /**
     * Renames an entry, unless the name is blank or unchanged. This method and the methods below do nothing if the
     * entry does not exist.
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

    /** Moves an entry one place up or down. */
    void moveBy(String key, boolean down) {
        int index = indexOf(key);
        int target = down ? index + 1 : index - 1;
        if (index >= 0 && target >= 0 && target < entries().size()) {
            moveBeside(key, entries().get(target).key(), down);
        }
    }

    /** Moves an entry before or after another. */
    void moveBeside(String key, String target, boolean after) {
        List<String> others = entries().stream()
                .map(Entry::key)
                .filter(other -> !other.equals(key))
                .toList();
        int index = others.indexOf(target);
        if (index < 0 || indexOf(key) < 0) {
            return;
        }
        int position = after ? index + 1 : index;
        String above = position == 0 ? null : others.get(position - 1);
        String below = position == others.size() ? null : others.get(position);
        run(() -> commands.move(key, above, below));
    }

    /** Deletes an entry and shows a message with an undo button. */
    void delete(String key, Runnable deleted) {
        entry(key).ifPresent(entry -> undo.runWithUndo(() -> commands.delete(key), deleted));
    }

    private int indexOf(String key) {
        return entries().stream().map(Entry::key).toList().indexOf(key);
    }

    private void run(Runnable work) {
        background.run(work::run, failed);
    }

    @Override
    public void close() {
        entries.close();
    }
}
