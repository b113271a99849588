package dev.tidemark.app.main;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.main.SidebarSection.Entry;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarCounts;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The sidebar: counts beside the smart lists, and the person's lists, tags and saved searches. */
final class SidebarViewModel implements AutoCloseable {
    private final Database database;
    private final Executor executor;
    private final Background background;
    private final Consumer<Throwable> failed;
    private final SavedSearches saved;
    private final LiveList<ItemList> lists;
    private final SidebarSection listSection;
    private final SidebarSection tagSection;
    private final SidebarSection searchSection;
    private final ReadOnlyObjectWrapper<SidebarCounts> counts = new ReadOnlyObjectWrapper<>(SidebarCounts.NONE);
    private @Nullable Subscription subscription;

    /** @param writes where commands write */
    SidebarViewModel(
            Database database,
            Writes writes,
            Executor executor,
            Background background,
            UndoViewModel undo,
            Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.background = background;
        this.failed = failed;
        saved = new SavedSearches(writes);
        lists = new LiveList<>(database, executor, ItemList::id, failed);
        Function<SidebarSection.Commands, SidebarSection> section =
                commands -> new SidebarSection(database, executor, background, undo, commands, failed);
        listSection = section.apply(SectionCommands.ofLists(writes));
        tagSection = section.apply(SectionCommands.ofLabels(writes));
        searchSection = section.apply(SectionCommands.ofSearches(writes));
    }

    void start(LocalDate today) {
        lists.show(SidebarQueries.lists());
        listSection.start(SectionCommands.lists());
        tagSection.start(SectionCommands.labels());
        dayChanged(today);
    }

    void dayChanged(LocalDate today) {
        end();
        searchSection.start(SectionCommands.searches(today));
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

    List<String> tagNames() {
        return tagSection.entries().stream().map(Entry::name).toList();
    }

    SidebarSection listSection() {
        return listSection;
    }

    SidebarSection tagSection() {
        return tagSection;
    }

    SidebarSection searchSection() {
        return searchSection;
    }

    ReadOnlyObjectProperty<SidebarCounts> countsProperty() {
        return counts.getReadOnlyProperty();
    }

    /**
     * Saves a search under what it says; it can be renamed then.
     *
     * @param made takes the view that shows it
     */
    void save(ItemView.Found search, Consumer<ItemView> made) {
        String text = search.text().strip();
        if (!text.isEmpty()) {
            background.run(
                    () -> saved.add(text, text),
                    id -> made.accept(new ItemView.Found(search.text(), search.today(), id)),
                    failed);
        }
    }

    /** What the view is called that a section shows; {@code null} if none does. */
    @Nullable
    String name(ItemView view) {
        for (SidebarSection section : List.of(listSection, tagSection, searchSection)) {
            Entry entry = section.of(view);
            if (entry != null) {
                return entry.name();
            }
        }
        return null;
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
        listSection.close();
        tagSection.close();
        searchSection.close();
    }
}
