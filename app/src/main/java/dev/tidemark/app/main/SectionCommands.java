package dev.tidemark.app.main;

import dev.tidemark.app.main.SidebarSection.Commands;
import dev.tidemark.app.main.SidebarSection.Entry;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Labels;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NamedRows;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Query;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the sections of the sidebar show and do. */
final class SectionCommands {
    private SectionCommands() {}

    static Query<Entry> lists() {
        return SidebarQueries.lists()
                .map(list -> new Entry(
                        list.id().toString(),
                        new ItemView.OfList(list.id()),
                        list.name(),
                        list.color(),
                        list.icon(),
                        list.open()));
    }

    static Query<Entry> labels() {
        return SidebarQueries.labels()
                .map(label -> new Entry(
                        label.name(),
                        new ItemView.OfTag(label.name()),
                        label.name(),
                        label.color(),
                        label.icon(),
                        label.open()));
    }

    static Query<Entry> searches(LocalDate today) {
        return SidebarQueries.searches()
                .map(search -> new Entry(
                        search.id().toString(),
                        new ItemView.Found(search.query(), today, search.id()),
                        search.name(),
                        search.color(),
                        search.icon(),
                        -1));
    }

    static Commands ofLists(Writes writes) {
        Lists lists = new Lists(writes);
        return new OfRows(lists, lists::add, ItemView.OfList::new, Keys.TOAST_LIST_DELETED);
    }

    static Commands ofLabels(Writes writes) {
        return new OfLabels(new Labels(writes));
    }

    /** A search is saved where it is typed, with what it searches for. */
    static Commands ofSearches(Writes writes) {
        return new OfRows(
                new SavedSearches(writes),
                name -> {
                    throw new UnsupportedOperationException("A search is saved with what it searches for");
                },
                id -> new ItemView.All(),
                Keys.TOAST_SEARCH_DELETED);
    }

    private static @Nullable UUID id(@Nullable String key) {
        return key == null ? null : UUID.fromString(key);
    }

    /**
     * Lists and saved searches.
     *
     * @param adder makes one of this name
     * @param view what shows one
     * @param deleted the key of what is said when one was deleted
     */
    private record OfRows(NamedRows rows, Function<String, UUID> adder, Function<UUID, ItemView> view, String deleted)
            implements Commands {
        @Override
        public ItemView add(String name) {
            return view.apply(adder.apply(name));
        }

        @Override
        public ItemView rename(String key, String name) {
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
            return Texts.text(deleted);
        }
    }

    private record OfLabels(Labels labels) implements Commands {
        @Override
        public ItemView add(String name) {
            return new ItemView.OfTag(labels.add(name));
        }

        @Override
        public ItemView rename(String key, String name) {
            return new ItemView.OfTag(labels.rename(key, name));
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
            return Texts.text(Keys.TOAST_TAG_REMOVED, labels.remove(key));
        }
    }
}
