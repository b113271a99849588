package dev.tidemark.app.sidebar;

import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NamedRows;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Tags;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.sidebar.SidebarSection.Commands;
import dev.tidemark.app.sidebar.SidebarSection.Entry;
import dev.tidemark.engine.Query;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Creates the queries and commands of the sidebar sections. */
final class SectionCommands {
    private SectionCommands() {}

    static Query<Entry> lists() {
        return SidebarQueries.lists()
                .map(list -> new Entry(
                        list.id().toString(),
                        new ItemSource.OfList(list.id()),
                        list.name(),
                        list.color(),
                        list.icon(),
                        list.open()));
    }

    static Query<Entry> labels() {
        return SidebarQueries.tags()
                .map(label -> new Entry(
                        label.name(),
                        new ItemSource.OfTag(label.name()),
                        label.name(),
                        label.color(),
                        label.icon(),
                        label.open()));
    }

    static Query<Entry> searches(LocalDate today) {
        return SidebarQueries.searches()
                .map(search -> new Entry(
                        search.id().toString(),
                        new ItemSource.SearchResults(search.query(), today, search.id()),
                        search.name(),
                        search.color(),
                        search.icon(),
                        -1));
    }

    static Commands ofLists(TransactionRunner writes) {
        Lists lists = new Lists(writes);
        return new OfRows(lists, lists::add, ItemSource.OfList::new, Keys.TOAST_LIST_DELETED);
    }

    static Commands ofLabels(TransactionRunner writes) {
        return new TagSection(new Tags(writes));
    }

    /**
     * The commands of saved searches. {@link Commands#add} is not supported, because only the search bar adds saved
     * searches.
     */
    static Commands ofSearches(TransactionRunner writes) {
        return new OfRows(
                new SavedSearches(writes),
                name -> {
                    throw new UnsupportedOperationException("Saved searches are added by the search bar");
                },
                id -> new ItemSource.All(),
                Keys.TOAST_SEARCH_DELETED);
    }

    private static @Nullable UUID id(@Nullable String key) {
        return key == null ? null : UUID.fromString(key);
    }

    /**
     * The commands of lists and saved searches.
     *
     * @param view returns the view of a row
     * @param deleted the key of the message after a delete
     */
    private record OfRows(NamedRows rows, Function<String, UUID> adder, Function<UUID, ItemSource> view, String deleted)
            implements Commands {
        @Override
        public ItemSource add(String name) {
            return view.apply(adder.apply(name));
        }

        @Override
        public ItemSource rename(String key, String name) {
            UUID id = UUID.fromString(key);
            rows.rename(id, name);
            return view.apply(id);
        }

        @Override
        public void setColor(String key, @Nullable String color) {
            rows.setColor(UUID.fromString(key), color);
        }

        @Override
        public void setIcon(String key, @Nullable String icon) {
            rows.setIcon(UUID.fromString(key), icon);
        }

        @Override
        public void move(String key, @Nullable String above, @Nullable String below) {
            rows.move(UUID.fromString(key), id(above), id(below));
        }

        @Override
        public String delete(String key) {
            rows.delete(UUID.fromString(key));
            return Messages.text(deleted);
        }
    }

    private record TagSection(Tags labels) implements Commands {
        @Override
        public ItemSource add(String name) {
            return new ItemSource.OfTag(labels.add(name));
        }

        @Override
        public ItemSource rename(String key, String name) {
            return new ItemSource.OfTag(labels.rename(key, name));
        }

        @Override
        public void setColor(String key, @Nullable String color) {
            labels.setColor(key, color);
        }

        @Override
        public void setIcon(String key, @Nullable String icon) {
            labels.setIcon(key, icon);
        }

        @Override
        public void move(String key, @Nullable String above, @Nullable String below) {
            labels.move(key, above, below);
        }

        @Override
        public String delete(String key) {
            return Messages.text(Keys.TOAST_TAG_REMOVED, labels.remove(key));
        }
    }
}
