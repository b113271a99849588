package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.FirstFrame;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.SelectionSnapshot;
import dev.tidemark.app.list.TypeAhead;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.SidebarCounts;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/**
 * Shows the sidebar: smart lists with counts, the user's lists, tags and searches, and the sync status at the bottom.
 */
public final class SidebarView extends BorderPane {
    /** The minimum height of a line in pixels. At any text size, no line is lower. */
    private static final double LOWEST_LINE = 28;

    /** The number of smart lists that are always visible. Conflicts is not one of them. */
    private static final int SMART_LINES = 8;

    private final Consumer<ItemSource> opened;
    private final ToggleGroup group = new ToggleGroup();
    private final SidebarEntry inbox;
    private final SidebarEntry today;
    private final SidebarEntry upcoming;
    private final SidebarEntry all;
    private final SidebarEntry notes;
    private final SidebarEntry completed;
    private final SidebarEntry conflicts;
    private final SidebarEntry history;
    private final SidebarEntry trash;
    private final SidebarSectionView lists;
    private final SidebarSectionView tags;
    private final SidebarSectionView searches;
    private final DragGesture dragging;
    private final BiConsumer<SelectionSnapshot, ItemSource> dropped;
    private final VBox content = Controls.styled(new VBox(1), Styles.SIDEBAR_CONTENT);
    private final ScrollPane scroll = Controls.scrolling("sidebar-scroll", Messages.text(Keys.SIDEBAR_TITLE), content);
    private final TypeAhead letters = new TypeAhead(System::nanoTime);
    private ItemSource selected = new ItemSource.Inbox();
    private boolean folded;
    private boolean isWhole;
    private int conflictCount;

    /** @param dropped receives the dropped items and the view of the line that the user dropped them on */
    public SidebarView(
            SidebarViewModel model,
            ObservableValue<LocalDate> day,
            DragGesture dragging,
            Consumer<ItemSource> opened,
            BiConsumer<SelectionSnapshot, ItemSource> dropped,
            Node foot) {
        this.dragging = dragging;
        this.opened = opened;
        this.dropped = dropped;
        getStyleClass().add(Styles.SIDEBAR);
        setId("sidebar");
        inbox = smartListEntry("view-inbox", new ItemSource.Inbox(), Icons.INBOX, "blue", Keys.SIDEBAR_INBOX);
        today = smartListEntry(
                "view-today", new ItemSource.Today(day.getValue()), Icons.TODAY, "yellow", Keys.SIDEBAR_TODAY);
        upcoming = smartListEntry(
                "view-upcoming", new ItemSource.Upcoming(day.getValue()), Icons.UPCOMING, "red", Keys.SIDEBAR_UPCOMING);
        all = smartListEntry("view-all", new ItemSource.All(), Icons.ALL, "teal", Keys.SIDEBAR_ALL);
        notes = smartListEntry("view-notes", new ItemSource.Notes(), Icons.NOTES, "orange", Keys.SIDEBAR_NOTES);
        completed = smartListEntry(
                "view-completed", new ItemSource.Completed(), Icons.COMPLETED, "green", Keys.SIDEBAR_COMPLETED);
        conflicts = smartListEntry(
                "view-conflicts", new ItemSource.Conflicts(Set.of()), Icons.CONFLICT, "orange", Keys.SIDEBAR_CONFLICTS);
        conflicts.markAttention();
        Controls.show(conflicts, false);
        history = smartListEntry(
                "view-history", new ItemSource.History(null), Icons.TIME, "purple", Keys.SIDEBAR_HISTORY);
        trash = smartListEntry("view-trash", new ItemSource.Trash(), Icons.TRASH, "", Keys.SIDEBAR_TRASH);
        lists = section(
                model.listSection(),
                new SidebarSectionView.Kind(
                        "list",
                        Messages.text(Keys.SIDEBAR_LISTS),
                        Messages.text(Keys.SIDEBAR_NEW_LIST),
                        Messages.text(Keys.SIDEBAR_NEW_LIST_PROMPT),
                        null),
                () -> maxLines(0));
        tags = section(
                model.tagSection(),
                new SidebarSectionView.Kind(
                        "tag",
                        Messages.text(Keys.SIDEBAR_TAGS),
                        Messages.text(Keys.SIDEBAR_NEW_TAG),
                        Messages.text(Keys.SIDEBAR_NEW_TAG_PROMPT),
                        Icons.TAG),
                () -> maxLines(model.listSection().entries().size()));
        searches = section(
                model.searchSection(),
                new SidebarSectionView.Kind("search", Messages.text(Keys.SIDEBAR_SEARCHES), null, null, Icons.SEARCH),
                () -> maxLines(model.listSection().entries().size()
                        + model.tagSection().entries().size()));
        List.of(inbox, today, trash).forEach(entry -> entry.acceptDrops(dragging, dropped));
        LazyChildren.fill(
                content, inbox, today, upcoming, gap(), all, notes, gap(), conflicts, completed, history, trash, lists,
                tags, searches);
        scroll.setFocusTraversable(false);
        dragging.autoScroller().add(scroll, this::scrollBy);
        scroll.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        setCenter(scroll);
        setBottom(foot);
        model.countsProperty().subscribe(this::showCounts);
        day.subscribe(this::setDay);
        sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::showingProperty)
                .subscribe(showing -> {
                    if (Boolean.TRUE.equals(showing) && !isWhole) {
                        FirstFrame.then(() -> FxExecutor.INSTANCE.execute(this::showAll));
                    }
                });
    }

    private SidebarSectionView section(SidebarSection section, SidebarSectionView.Kind kind, IntSupplier maxLines) {
        return new SidebarSectionView(section, kind, dragging, this::registerLine, opened, maxLines);
    }

    /**
     * Returns how many lines of a section to create. For the first frame, these are only as many as fit the window,
     * because JavaFX styles and lays out even lines outside the visible area.
     *
     * @param above the number of lines of the sections above
     */
    private int maxLines(int above) {
        Scene scene = getScene();
        return isWhole || scene == null
                ? Integer.MAX_VALUE
                : Math.max(0, (int) Math.ceil(scene.getHeight() / LOWEST_LINE) - SMART_LINES - above);
    }

    private void showAll() {
        isWhole = true;
        List.of(lists, tags, searches).forEach(SidebarSectionView::show);
        select(selected);
    }

    private SidebarEntry registerLine(SidebarEntry entry) {
        if (entry.view() instanceof ItemSource.OfList || entry.view() instanceof ItemSource.OfTag) {
            entry.acceptDrops(dragging, dropped);
        }
        return register(entry);
    }

    /** Returns the commands that press the buttons to add lists and tags. */
    public List<ButtonCommand> buttonCommands() {
        return Stream.of(lists, tags, searches)
                .flatMap(SidebarSectionView::buttonCommands)
                .toList();
    }

    /** The commands that rename lists, tags and saved searches. */
    public List<Command> renames() {
        return Stream.of(lists, tags, searches)
                .flatMap(section -> section.renames(this::reveal))
                .toList();
    }

    /** Scrolls just far enough that a line is visible. */
    private void reveal(SidebarEntry line) {
        double seen = scroll.getViewportBounds().getHeight();
        double hidden = content.getHeight() - seen;
        if (hidden > 0) {
            Bounds bounds = content.sceneToLocal(line.localToScene(line.getLayoutBounds()));
            double top = Math.clamp(scroll.getVvalue() * hidden, bounds.getMaxY() - seen, bounds.getMinY());
            scroll.setVvalue(Math.clamp(top / hidden, 0, 1));
        }
    }

    private void scrollBy(double pixels) {
        double hidden = content.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            scroll.setVvalue(Math.clamp(scroll.getVvalue() + pixels / hidden, 0, 1));
        }
    }

    /** Opens the view whose name starts with the typed letters, and focuses its line. */
    private void typed(KeyEvent event) {
        if (event.getTarget() instanceof SidebarEntry focused && TypeAhead.isLetter(event, letters.isCollecting())) {
            List<SidebarEntry> lines = Stream.concat(
                            content.getChildren().stream(),
                            Stream.of(lists, tags, searches).flatMap(SidebarSectionView::lines))
                    .filter(node -> node instanceof SidebarEntry && node.isVisible())
                    .map(SidebarEntry.class::cast)
                    .toList();
            int found = letters.typed(
                    event.getCharacter(),
                    lines.indexOf(focused),
                    lines.size(),
                    index -> lines.get(index).name());
            if (found >= 0) {
                lines.get(found).requestFocus();
                lines.get(found).fire();
            }
            event.consume();
        }
    }

    /** @param color the name of a palette colour; empty for none */
    private SidebarEntry smartListEntry(String id, ItemSource view, String icon, String color, String key) {
        Node mark = color.isEmpty() ? Controls.icon(icon) : Controls.styled(Controls.icon(icon), Styles.COLORED, color);
        return register(new SidebarEntry(id, view, mark, Messages.text(key)));
    }

    private static Region gap() {
        return Controls.styled(new Region(), Styles.SIDEBAR_GAP);
    }

    private SidebarEntry register(SidebarEntry entry) {
        entry.setToggleGroup(group);
        entry.setOnAction(event -> opened.accept(entry.view()));
        entry.fold(folded);
        return entry;
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

    /**
     * Updates the Conflicts line. The line is visible while there are conflicts or the conflicts page is open.
     *
     * @param items the ids of the items with a conflict
     * @param number the number of entries on the page: rows of any kind with conflicts, and hidden data
     */
    public void showConflicts(Set<UUID> items, int number) {
        conflicts.setView(new ItemSource.Conflicts(items));
        conflicts.showCount(number);
        conflictCount = number;
        showOrHideConflicts();
    }

    /** Selects the line of the open view. */
    public void select(ItemSource view) {
        selected = view;
        SidebarEntry wanted = switch (view) {
            case ItemSource.Inbox it -> inbox;
            case ItemSource.Today it -> today;
            case ItemSource.Upcoming it -> upcoming;
            case ItemSource.All it -> all;
            case ItemSource.Notes it -> notes;
            case ItemSource.Completed it -> completed;
            case ItemSource.Trash it -> trash;
            case ItemSource.Conflicts it -> conflicts;
            case ItemSource.History it -> history;
            case ItemSource.Checkpoints it -> history;
            case ItemSource.Devices it -> null;
            case ItemSource.Activity it -> null;
            case ItemSource.OfList it -> lists.line(it);
            case ItemSource.OfTag it -> tags.line(it);
            case ItemSource.SearchResults it -> it.saved() == null ? null : searches.line(it);
        };
        group.selectToggle(wanted);
        List.of(lists, tags, searches).forEach(section -> section.showOpenView(view));
        showOrHideConflicts();
    }

    private void showOrHideConflicts() {
        Controls.show(conflicts, conflictCount > 0 || conflicts.isSelected());
    }

    private void setDay(LocalDate day) {
        today.setView(new ItemSource.Today(day));
        upcoming.setView(new ItemSource.Upcoming(day));
    }

    /** Shows only the icons, as in a narrow window, or everything again. */
    public void fold(boolean wanted) {
        if (folded == wanted) {
            return;
        }
        folded = wanted;
        group.getToggles().forEach(entry -> ((SidebarEntry) entry).fold(wanted));
        List.of(lists, tags, searches).forEach(section -> section.fold(wanted));
        // Hides the scroll bar of a folded sidebar, because it would cover the icons. Wheel and keys still scroll.
        scroll.setVbarPolicy(wanted ? ScrollPane.ScrollBarPolicy.NEVER : ScrollPane.ScrollBarPolicy.AS_NEEDED);
        Controls.toggleStyle(this, Styles.FOLDED, wanted);
    }
}
