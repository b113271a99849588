package dev.tidemark.app.list;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Sort;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.jspecify.annotations.Nullable;

/** Opens the menu for sort order and filters. Its button has the accent colour while a filter is active. */
final class ViewOptionsMenu {
    private final ItemListViewModel model;
    private final Supplier<List<String>> tags;
    private final Button button;

    ViewOptionsMenu(ItemListViewModel model, Supplier<List<String>> tags) {
        this.model = model;
        this.tags = tags;
        button = Controls.iconButton("arrange", Icons.ARRANGE, Messages.text(Keys.LIST_ARRANGE), this::open);
        model.optionsProperty().subscribe(this::show);
    }

    Button button() {
        return button;
    }

    private void show(ViewOptions arrangement) {
        Controls.toggleStyle(button, Styles.CHOSEN, arrangement.filters());
        Controls.name(button, Messages.text(arrangement.filters() ? Keys.LIST_ARRANGE_FILTERED : Keys.LIST_ARRANGE));
    }

    private void open() {
        ContextMenu menu = Menus.menu("arrange-menu");
        ViewOptions now = model.optionsProperty().get();
        if (!(model.viewProperty().get() instanceof ItemSource.Upcoming)) {
            menu.getItems().add(heading(Keys.LIST_SORT));
            for (Sort sort : Sort.values()) {
                String id = "sort-" + sort.name().toLowerCase(Locale.ROOT);
                menu.getItems().add(radio(id, Messages.text(key(sort)), now.sort() == sort, now.by(sort)));
            }
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().add(heading(Keys.LIST_FILTER));
        if (model.viewProperty().get().acceptsNewItems()) {
            menu.getItems()
                    .addAll(
                            check("show-done", Keys.LIST_SHOW_DONE, now.withDone(), model::toggleDone),
                            new SeparatorMenuItem());
        }
        menu.getItems()
                .addAll(
                        kind("kind-any", Keys.LIST_FILTER_ANY, null, now),
                        kind("kind-todo", Keys.LIST_FILTER_TODOS, Kind.TODO, now),
                        kind("kind-note", Keys.LIST_FILTER_NOTES, Kind.NOTE, now),
                        new SeparatorMenuItem(),
                        check(
                                "dated",
                                Keys.LIST_FILTER_DATED,
                                now.dated(),
                                () -> model.setOptions(now.dated(!now.dated()))),
                        priorities(now),
                        tagged(now));
        if (now.filters()) {
            menu.getItems()
                    .addAll(
                            new SeparatorMenuItem(),
                            Menus.item(
                                    "arrange-clear",
                                    Messages.text(Keys.LIST_FILTER_CLEAR),
                                    null,
                                    model::showUnfiltered));
        }
        Menus.showBelow(button, menu);
    }

    private static MenuItem heading(String key) {
        return Menus.heading("arrange-heading", Messages.text(key));
    }

    private RadioMenuItem kind(String id, String key, @Nullable Kind kind, ViewOptions now) {
        return radio(id, Messages.text(key), now.kind() == kind, now.only(kind));
    }

    private Menu priorities(ViewOptions now) {
        Menu menu = new Menu(Messages.text(Keys.LIST_FILTER_PRIORITY));
        for (Priority least : Priority.values()) {
            boolean isAny = least == Priority.NONE;
            menu.getItems()
                    .add(radio(
                            isAny ? "priority-any" : "priority-" + least.text(),
                            Messages.text(isAny ? Keys.LIST_FILTER_ANY : PriorityFormat.key(least)),
                            now.atLeast() == least,
                            now.withPriorityAtLeast(least)));
        }
        return menu;
    }

    private Menu tagged(ViewOptions now) {
        Menu menu = new Menu(Messages.text(Keys.LIST_FILTER_TAG));
        menu.getItems().add(radio("tag-any", Messages.text(Keys.LIST_FILTER_ANY), now.tag() == null, now.tagged(null)));
        for (String tag : tags.get()) {
            menu.getItems().add(radio("tagged-" + tag, "#" + tag, tag.equals(now.tag()), now.tagged(tag)));
        }
        return menu;
    }

    private RadioMenuItem radio(String id, String text, boolean selected, ViewOptions wanted) {
        RadioMenuItem item = Menus.prepared(new RadioMenuItem(text), "arrange-" + id, () -> model.setOptions(wanted));
        item.setSelected(selected);
        return item;
    }

    private static CheckMenuItem check(String id, String key, boolean selected, Runnable toggle) {
        CheckMenuItem item = Menus.prepared(new CheckMenuItem(Messages.text(key)), "arrange-" + id, toggle);
        item.setSelected(selected);
        return item;
    }

    private static String key(Sort sort) {
        return switch (sort) {
            case OWN -> Keys.LIST_SORT_OWN;
            case DUE -> Keys.LIST_SORT_DUE;
            case PRIORITY -> Keys.LIST_SORT_PRIORITY;
            case TITLE -> Keys.LIST_SORT_TITLE;
            case CHANGED -> Keys.LIST_SORT_CHANGED;
            case CREATED -> Keys.LIST_SORT_CREATED;
        };
    }
}
