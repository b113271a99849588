package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.LiveList;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarCounts;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.sidebar.SidebarSection.Entry;
import dev.tidemark.app.undo.UndoViewModel;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Loads the data of the sidebar: counts of the smart lists, and the lists, tags and saved searches. */
public final class SidebarViewModel implements AutoCloseable {
    private final Database database;
    private final Executor executor;
    private final SerialTaskRunner background;
    private final Consumer<Throwable> failed;
    private final SavedSearches saved;
    private final LiveList<ItemList> lists;
    private final SidebarSection listSection;
    private final SidebarSection tagSection;
    private final SidebarSection searchSection;
    private final ReadOnlyObjectWrapper<SidebarCounts> counts = new ReadOnlyObjectWrapper<>(SidebarCounts.NONE);
    private Subscription subscription = () -> {};

    /** @param listRemoved receives the view of each list that this or another device deletes */
    public SidebarViewModel(
            Database database,
            TransactionRunner writes,
            Executor executor,
            SerialTaskRunner background,
            UndoViewModel undo,
            Consumer<ItemSource> listRemoved,
            Consumer<Throwable> failed) {
        this.database = database;
        this.executor = executor;
        this.background = background;
        this.failed = failed;
        saved = new SavedSearches(writes);
        lists = new LiveList<>(database, executor, ItemList::id, failed);
        BiFunction<SidebarSection.Commands, Consumer<ItemSource>, SidebarSection> section = (commands, removed) ->
                new SidebarSection(database, executor, background, undo, commands, removed, failed);
        listSection = section.apply(SectionCommands.ofLists(writes), listRemoved);
        tagSection = section.apply(SectionCommands.ofLabels(writes), view -> {});
        searchSection = section.apply(SectionCommands.ofSearches(writes), view -> {});
    }

    public void start(LocalDate today) {
        lists.show(SidebarQueries.lists());
        listSection.start(SectionCommands.lists());
        tagSection.start(SectionCommands.labels());
        dayChanged(today);
    }

    public void dayChanged(LocalDate today) {
        subscription.close();
        searchSection.start(SectionCommands.searches(today));
        subscription = database.subscribe(
                SidebarQueries.counts(today),
                executor,
                result -> counts.set(result.rows().getFirst()),
                failed);
    }

    public ObservableList<ItemList> lists() {
        return lists.rows();
    }

    public Optional<ItemList> list(UUID id) {
        return lists().stream().filter(list -> list.id().equals(id)).findFirst();
    }

    public List<String> listNames() {
        return lists.rows().stream().map(ItemList::name).toList();
    }

    public List<String> tagNames() {
        return tagSection.entries().stream().map(Entry::name).toList();
    }

    public SidebarSection listSection() {
        return listSection;
    }

    public SidebarSection tagSection() {
        return tagSection;
    }

    public SidebarSection searchSection() {
        return searchSection;
    }

    public ReadOnlyObjectProperty<SidebarCounts> countsProperty() {
        return counts.getReadOnlyProperty();
    }

    /** Saves a search. The text of the search becomes the name. */
    public void save(ItemSource.SearchResults search, Consumer<ItemSource> created) {
        String text = search.text().strip();
        if (!text.isEmpty()) {
            background.run(
                    () -> saved.add(text, text),
                    id -> created.accept(new ItemSource.SearchResults(search.text(), search.today(), id)),
                    failed);
        }
    }

    /** Returns the name of a list, tag or saved search; {@code null} for other views. */
    @Nullable
    public String name(ItemSource view) {
        for (SidebarSection section : List.of(listSection, tagSection, searchSection)) {
            Entry entry = section.of(view);
            if (entry != null) {
                return entry.name();
            }
        }
        return null;
    }

    @Override
    public void close() {
        subscription.close();
        lists.close();
        listSection.close();
        tagSection.close();
        searchSection.close();
    }
}
