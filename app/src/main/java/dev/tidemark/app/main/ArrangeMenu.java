package dev.tidemark.app.main;

import dev.tidemark.app.detail.PriorityText;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Sort;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
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

/** The button that sorts and filters the list. It has the accent's colour while something is left out. */
final class ArrangeMenu {
    private static final double GAP = 4;

    private final ItemListViewModel model;
    private final Supplier<List<String>> tags;
    private final Button button;

    /** @param tags the tags there are, in their order */
    ArrangeMenu(ItemListViewModel model, Supplier<List<String>> tags) {
        this.model = model;
        this.tags = tags;
        button = Controls.iconButton("arrange", Icons.ARRANGE, Texts.text(Keys.LIST_ARRANGE), this::open);
        model.arrangementProperty().subscribe(this::show);
    }

    Button button() {
        return button;
    }

    private void show(Arrangement arrangement) {
        Controls.style(button, Styles.CHOSEN, arrangement.filters());
        Controls.name(button, Texts.text(arrangement.filters() ? Keys.LIST_ARRANGE_FILTERED : Keys.LIST_ARRANGE));
    }

    private void open() {
        ContextMenu menu = new ContextMenu();
        menu.setId("arrange-menu");
        Controls.dressPopup(menu.getStyleClass());
        Arrangement now = model.arrangementProperty().get();
        if (!(model.viewProperty().get() instanceof ItemView.Upcoming)) {
            menu.getItems().add(heading(Keys.LIST_SORT));
            for (Sort sort : Sort.values()) {
                menu.getItems().add(radio(name(sort), Texts.text(key(sort)), now.sort() == sort, now.by(sort)));
            }
            menu.getItems().add(new SeparatorMenuItem());
        }
        menu.getItems().add(heading(Keys.LIST_FILTER));
        menu.getItems()
                .addAll(
                        radio("kind-any", Texts.text(Keys.LIST_FILTER_ANY), now.kind() == null, now.only(null)),
                        radio(
                                "kind-todo",
                                Texts.text(Keys.LIST_FILTER_TODOS),
                                now.kind() == Kind.TODO,
                                now.only(Kind.TODO)),
                        radio(
                                "kind-note",
                                Texts.text(Keys.LIST_FILTER_NOTES),
                                now.kind() == Kind.NOTE,
                                now.only(Kind.NOTE)),
                        new SeparatorMenuItem(),
                        check("dated", Texts.text(Keys.LIST_FILTER_DATED), now.dated(), now.dated(!now.dated())),
                        priorities(now),
                        tagged(now));
        if (now.filters()) {
            menu.getItems().addAll(new SeparatorMenuItem(), plain());
        }
        menu.show(button, Side.BOTTOM, 0, GAP);
    }

    private MenuItem plain() {
        MenuItem item = new MenuItem(Texts.text(Keys.LIST_FILTER_CLEAR));
        item.setId("arrange-clear");
        item.setOnAction(event -> model.showUnfiltered());
        return item;
    }

    private static MenuItem heading(String key) {
        MenuItem item = new MenuItem(Texts.text(key));
        item.getStyleClass().add(Styles.MENU_HEADING);
        item.setDisable(true);
        return item;
    }

    private Menu priorities(Arrangement now) {
        Menu menu = new Menu(Texts.text(Keys.LIST_FILTER_PRIORITY));
        menu.getItems()
                .add(radio(
                        "priority-any",
                        Texts.text(Keys.LIST_FILTER_ANY),
                        now.atLeast() == Priority.NONE,
                        now.mattering(Priority.NONE)));
        for (Priority least : List.of(Priority.LOW, Priority.MEDIUM, Priority.HIGH)) {
            menu.getItems()
                    .add(radio(
                            "priority-" + least.text(),
                            Texts.text(PriorityText.key(least)),
                            now.atLeast() == least,
                            now.mattering(least)));
        }
        return menu;
    }

    private Menu tagged(Arrangement now) {
        Menu menu = new Menu(Texts.text(Keys.LIST_FILTER_TAG));
        menu.getItems().add(radio("tag-any", Texts.text(Keys.LIST_FILTER_ANY), now.tag() == null, now.tagged(null)));
        for (String tag : tags.get()) {
            menu.getItems().add(radio("tagged-" + tag, "#" + tag, tag.equals(now.tag()), now.tagged(tag)));
        }
        return menu;
    }

    private RadioMenuItem radio(String id, String text, boolean chosen, Arrangement wanted) {
        RadioMenuItem item = new RadioMenuItem(text);
        item.setId("arrange-" + id);
        item.setMnemonicParsing(false);
        item.setSelected(chosen);
        item.setOnAction(event -> model.arrange(wanted));
        return item;
    }

    private CheckMenuItem check(String id, String text, boolean chosen, Arrangement wanted) {
        CheckMenuItem item = new CheckMenuItem(text);
        item.setId("arrange-" + id);
        item.setSelected(chosen);
        item.setOnAction(event -> model.arrange(wanted));
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
