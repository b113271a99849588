package dev.tidemark.app.list;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.Controls;
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
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The button for sort order and filters. It has the accent colour while a filter is active. */
final class ViewOptionsMenu {
    private static final double GAP = 4;

    private final ItemListViewModel model;
    private final Supplier<List<String>> tags;
    private final Button button;

    /** @param tags the names of all tags */
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
        Controls.style(button, Styles.CHOSEN, arrangement.filters());
        Controls.name(button, Messages.text(arrangement.filters() ? Keys.LIST_ARRANGE_FILTERED : Keys.LIST_ARRANGE));
    }

    private void open() {
        ContextMenu menu = new ContextMenu();
        menu.setId("arrange-menu");
        Controls.stylePopup(menu.getStyleClass());
        ViewOptions now = model.optionsProperty().get();
        if (!(model.viewProperty().get() instanceof ItemSource.Upcoming)) {
            menu.getItems().add(heading(Keys.LIST_SORT));
            for (Sort sort : Sort.values()) {
                menu.getItems().add(radio(name(sort), Messages.text(key(sort)), now.sort() == sort, now.by(sort)));
            }
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().add(heading(Keys.LIST_FILTER));
        menu.getItems()
                .addAll(
                        radio("kind-any", Messages.text(Keys.LIST_FILTER_ANY), now.kind() == null, now.only(null)),
                        radio(
                                "kind-todo",
                                Messages.text(Keys.LIST_FILTER_TODOS),
                                now.kind() == Kind.TODO,
                                now.only(Kind.TODO)),
                        radio(
                                "kind-note",
                                Messages.text(Keys.LIST_FILTER_NOTES),
                                now.kind() == Kind.NOTE,
                                now.only(Kind.NOTE)),
                        new SeparatorMenuItem(),
                        check("dated", Messages.text(Keys.LIST_FILTER_DATED), now.dated(), now.dated(!now.dated())),
                        priorities(now),
                        tagged(now));
        if (now.filters()) {
            menu.getItems().addAll(new SeparatorMenuItem(), plain());
        }
        menu.show(button, Side.BOTTOM, 0, GAP);
    }

    private MenuItem plain() {
        MenuItem item = new MenuItem(Messages.text(Keys.LIST_FILTER_CLEAR));
        item.setId("arrange-clear");
        item.setOnAction(event -> model.showUnfiltered());
        return item;
    }

    private static MenuItem heading(String key) {
        MenuItem item = Controls.styled(new MenuItem(Messages.text(key)), Styles.MENU_HEADING);
        item.setDisable(true);
        return item;
    }

    private Menu priorities(ViewOptions now) {
        Menu menu = new Menu(Messages.text(Keys.LIST_FILTER_PRIORITY));
        menu.getItems()
                .add(radio(
                        "priority-any",
                        Messages.text(Keys.LIST_FILTER_ANY),
                        now.atLeast() == Priority.NONE,
                        now.withPriorityAtLeast(Priority.NONE)));
        for (Priority least : List.of(Priority.LOW, Priority.MEDIUM, Priority.HIGH)) {
            menu.getItems()
                    .add(radio(
                            "priority-" + least.text(),
                            Messages.text(PriorityFormat.key(least)),
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
        RadioMenuItem item = new RadioMenuItem(text);
        item.setId("arrange-" + id);
        item.setMnemonicParsing(false);
        item.setSelected(selected);
        item.setOnAction(event -> model.setOptions(wanted));
        return item;
    }

    private CheckMenuItem check(String id, String text, boolean selected, ViewOptions wanted) {
        CheckMenuItem item = new CheckMenuItem(text);
        item.setId("arrange-" + id);
        item.setSelected(selected);
        item.setOnAction(event -> model.setOptions(wanted));
        return item;
    }

    private static String name(Sort sort) {
        return "sort-" + sort.name().toLowerCase(Locale.ROOT);
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
