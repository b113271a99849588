package dev.tidemark.app.main;

import dev.tidemark.app.detail.ListDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.SidebarCounts;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The sidebar: smart lists with counts, the person's lists, and the state of sync at its foot. */
final class SidebarView extends BorderPane {
    private final SidebarViewModel model;
    private final Consumer<ItemView> opened;
    private final ToggleGroup group = new ToggleGroup();
    private final SidebarEntry inbox;
    private final SidebarEntry today;
    private final SidebarEntry upcoming;
    private final SidebarEntry all;
    private final SidebarEntry notes;
    private final SidebarEntry completed;
    private final SidebarEntry conflicts;
    private final SidebarEntry trash;
    private final Map<UUID, SidebarEntry> entries = new HashMap<>();
    private final VBox lists = new VBox(1);
    private final Label listsTitle = new Label(Texts.text(Keys.SIDEBAR_LISTS));
    private final TextField newList = new TextField();
    private final HBox newListRow = new HBox(newList);
    private boolean folded;

    /**
     * @param opened takes the view that was asked for
     * @param foot what stands at the foot
     */
    SidebarView(SidebarViewModel model, ItemView.Today day, Consumer<ItemView> opened, Node foot) {
        this.model = model;
        this.opened = opened;
        getStyleClass().add(Styles.SIDEBAR);
        setId("sidebar");
        inbox = smart("view-inbox", new ItemView.Inbox(), Icons.INBOX, Keys.SIDEBAR_INBOX);
        today = smart("view-today", day, Icons.TODAY, Keys.SIDEBAR_TODAY);
        upcoming = smart("view-upcoming", new ItemView.Upcoming(day.date()), Icons.UPCOMING, Keys.SIDEBAR_UPCOMING);
        all = smart("view-all", new ItemView.All(), Icons.ALL, Keys.SIDEBAR_ALL);
        notes = smart("view-notes", new ItemView.Notes(), Icons.NOTES, Keys.SIDEBAR_NOTES);
        completed = smart("view-completed", new ItemView.Completed(), Icons.TODO, Keys.SIDEBAR_COMPLETED);
        conflicts = smart("view-conflicts", new ItemView.Conflicts(Set.of()), Icons.CONFLICT, Keys.SIDEBAR_CONFLICTS);
        conflicts.attract();
        Controls.show(conflicts, false);
        trash = smart("view-trash", new ItemView.Trash(), Icons.TRASH, Keys.SIDEBAR_TRASH);
        VBox content = new VBox(
                1, inbox, today, upcoming, all, notes, completed, conflicts, trash, createHeading(), lists, newListRow);
        content.getStyleClass().add(Styles.SIDEBAR_CONTENT);
        ScrollPane scroll = new ScrollPane(content);
        scroll.setId("sidebar-scroll");
        scroll.setAccessibleText(Texts.text(Keys.SIDEBAR_TITLE));
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
        setBottom(foot);
        model.countsProperty().subscribe(this::showCounts);
        model.lists().addListener((ListChangeListener<ItemList>) change -> showLists());
        showLists();
    }

    private SidebarEntry smart(String id, ItemView view, String icon, String key) {
        return register(new SidebarEntry(id, view, Controls.icon(icon), Texts.text(key)));
    }

    private SidebarEntry register(SidebarEntry entry) {
        entry.setToggleGroup(group);
        entry.setOnAction(event -> opened.accept(entry.view()));
        entry.fold(folded);
        return entry;
    }

    private HBox createHeading() {
        HBox heading = new HBox(
                listsTitle,
                Controls.spacer(),
                Controls.iconButton("new-list", Icons.ADD, Texts.text(Keys.SIDEBAR_NEW_LIST), this::askForList));
        heading.getChildren().getLast().getStyleClass().add(Styles.SMALL);
        heading.getStyleClass().add(Styles.SIDEBAR_HEADING);
        newList.setId("new-list-name");
        newList.getStyleClass().add(Styles.FIELD);
        newList.setPromptText(Texts.text(Keys.SIDEBAR_NEW_LIST_PROMPT));
        newList.setAccessibleText(Texts.text(Keys.SIDEBAR_NEW_LIST_PROMPT));
        newList.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(newList, javafx.scene.layout.Priority.ALWAYS);
        newListRow.getStyleClass().add(Styles.NEW_LIST);
        newList.setOnAction(event -> makeList());
        newList.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                Controls.show(newListRow, false);
            }
        });
        newList.focusedProperty().subscribe((before, focused) -> {
            if (before && !focused && newList.getText().isBlank()) {
                Controls.show(newListRow, false);
            }
        });
        Controls.show(newListRow, false);
        return heading;
    }

    private void askForList() {
        newList.clear();
        Controls.show(newListRow, true);
        newList.requestFocus();
    }

    private void makeList() {
        String name = newList.getText();
        newList.clear();
        Controls.show(newListRow, false);
        model.addList(name, opened);
    }

    private void showCounts(SidebarCounts counts) {
        inbox.showCount(counts.inbox());
        today.showCount(counts.today());
        upcoming.showCount(counts.upcoming());
        all.showCount(counts.all());
        notes.showCount(counts.notes());
        completed.showCount(counts.completed());
        trash.showCount(counts.trash());
    }

    /** Conflicts have a place in the sidebar while there are any, or while the person looks at them. */
    void showConflicts(Set<UUID> items) {
        conflicts.setView(new ItemView.Conflicts(items));
        conflicts.showCount(items.size());
        Controls.show(conflicts, !items.isEmpty() || conflicts.isSelected());
    }

    private void showLists() {
        List<Node> shown = new ArrayList<>();
        for (ItemList list : model.lists()) {
            ListDot dot = new ListDot(ListDot.colorOf(list.id(), list.color()));
            SidebarEntry entry = entries.computeIfAbsent(
                    list.id(),
                    id -> register(new SidebarEntry("list-" + id, new ItemView.OfList(id), dot, list.name())));
            entry.show(dot, list.name(), list.open());
            shown.add(entry);
        }
        if (!lists.getChildren().equals(shown)) {
            lists.getChildren().setAll(shown);
        }
    }

    /** Marks the view that is open. */
    void select(ItemView view) {
        SidebarEntry wanted = switch (view) {
            case ItemView.Inbox it -> inbox;
            case ItemView.Today it -> today;
            case ItemView.Upcoming it -> upcoming;
            case ItemView.All it -> all;
            case ItemView.Notes it -> notes;
            case ItemView.Completed it -> completed;
            case ItemView.Trash it -> trash;
            case ItemView.Conflicts it -> conflicts;
            case ItemView.OfList it -> entries.get(it.id());
            case ItemView.OfTag it -> null;
            case ItemView.Found it -> null;
        };
        group.selectToggle(wanted);
    }

    /** The smart list of this number, from 1. */
    void open(int number) {
        List<SidebarEntry> smart = List.of(inbox, today, upcoming, all, notes, completed, trash);
        if (number >= 1 && number <= smart.size()) {
            opened.accept(smart.get(number - 1).view());
        }
    }

    /** Changes what Today means. */
    void setDay(ItemView.Today day) {
        today.setView(day);
        upcoming.setView(new ItemView.Upcoming(day.date()));
    }

    /** Narrow windows have room for the icons only. */
    void fold(boolean wanted) {
        if (folded == wanted) {
            return;
        }
        folded = wanted;
        group.getToggles().forEach(entry -> ((SidebarEntry) entry).fold(wanted));
        Controls.show(listsTitle, !wanted);
        Controls.style(this, Styles.FOLDED, wanted);
        if (wanted) {
            Controls.show(newListRow, false);
        }
        setMinWidth(Region.USE_COMPUTED_SIZE);
    }
}
