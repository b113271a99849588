package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.SidebarCounts;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The sidebar: counts beside the smart lists, and the person's lists. */
final class SidebarViewModel implements AutoCloseable {
    private final Database database;
    private final Executor executor;
    private final Background background;
    private final Consumer<Throwable> failed;
    private final Lists commands;
    private final LiveList<ItemList> lists;
    private final ReadOnlyObjectWrapper<SidebarCounts> counts = new ReadOnlyObjectWrapper<>(SidebarCounts.NONE);
    private @Nullable Subscription subscription;

    /** @param writes where commands write */
    SidebarViewModel(
            Database database, Writes writes, Executor executor, Background background, Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.background = background;
        this.failed = failed;
        commands = new Lists(writes);
        lists = new LiveList<>(database, executor, ItemList::id, failed);
    }

    void start(LocalDate today) {
        lists.show(SidebarQueries.lists());
        dayChanged(today);
    }

    void dayChanged(LocalDate today) {
        end();
        subscription = database.subscribe(
                SidebarQueries.counts(today),
                executor,
                result -> counts.set(result.rows().getFirst()),
                failed);
    }

    ObservableList<ItemList> lists() {
        return lists.rows();
    }

    List<String> listNames() {
        return lists.rows().stream().map(ItemList::name).toList();
    }

    ReadOnlyObjectProperty<SidebarCounts> countsProperty() {
        return counts.getReadOnlyProperty();
    }

    /**
     * Makes a list; a blank name makes none.
     *
     * @param made takes the view that shows it
     */
    void addList(String name, Consumer<ItemView> made) {
        if (!name.isBlank()) {
            background.run(() -> commands.add(name), id -> made.accept(new ItemView.OfList(id)), failed);
        }
    }

    private void end() {
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public void close() {
        end();
        lists.close();
    }
}
