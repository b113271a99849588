package dev.tidemark.app.main;

import dev.tidemark.app.main.SidebarSection.Commands;
import dev.tidemark.app.main.SidebarSection.Entry;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Labels;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.SavedSearches;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.Writes;
import dev.tidemark.engine.Query;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.LocalDate;
import java.util.UUID;
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
        return new OfLists(new Lists(writes));
    }

    static Commands ofLabels(Writes writes) {
        return new OfLabels(new Labels(writes));
    }

    static Commands ofSearches(Writes writes) {
        return new OfSearches(new SavedSearches(writes));
    }

    private static @Nullable UUID id(@Nullable String key) {
        return key == null ? null : UUID.fromString(key);
    }

    private record OfLists(Lists lists) implements Commands {
        @Override
        public ItemView add(String name) {
            return new ItemView.OfList(lists.add(name));
        }

        @Override
        public ItemView rename(String key, String name) {
            UUID id = UUID.fromString(key);
            lists.rename(id, name);
            return new ItemView.OfList(id);
        }

        @Override
        public void setColor(String key, @Nullable String color) {
            lists.setColor(UUID.fromString(key), color);
        }

        @Override
        public void setIcon(String key, @Nullable String icon) {
            lists.setIcon(UUID.fromString(key), icon);
        }

        @Override
        public void move(String key, @Nullable String above, @Nullable String below) {
            lists.move(UUID.fromString(key), id(above), id(below));
        }

        @Override
        public String delete(String key) {
            lists.delete(UUID.fromString(key));
            return Texts.text(Keys.TOAST_LIST_DELETED);
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

    private record OfSearches(SavedSearches searches) implements Commands {
        @Override
        public ItemView add(String name) {
            throw new UnsupportedOperationException("A search is saved with what it searches for");
        }

        @Override
        public ItemView rename(String key, String name) {
            searches.rename(UUID.fromString(key), name);
            return new ItemView.All();
        }

        @Override
        public void setColor(String key, @Nullable String color) {
            searches.setColor(UUID.fromString(key), color);
        }

        @Override
        public void setIcon(String key, @Nullable String icon) {
            searches.setIcon(UUID.fromString(key), icon);
        }

        @Override
        public void move(String key, @Nullable String above, @Nullable String below) {
            searches.move(UUID.fromString(key), id(above), id(below));
        }

        @Override
        public String delete(String key) {
            searches.delete(UUID.fromString(key));
            return Texts.text(Keys.TOAST_SEARCH_DELETED);
        }
    }
}
