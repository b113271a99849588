package dev.tidemark.app.shell;

import dev.tidemark.app.activity.ActivityPage;
import dev.tidemark.app.activity.ActivityViewModel;
import dev.tidemark.app.checkpoints.CheckpointsPage;
import dev.tidemark.app.detail.ConflictsPage;
import dev.tidemark.app.detail.DetailView;
import dev.tidemark.app.devices.DevicesPage;
import dev.tidemark.app.devices.DevicesViewModel;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.fx.Overlay;
import dev.tidemark.app.history.HistoryPage;
import dev.tidemark.app.importing.ImportCard;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.ItemListPane;
import dev.tidemark.app.list.SelectionCommands;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.reminder.RemindersView;
import dev.tidemark.app.sidebar.SidebarSection;
import dev.tidemark.app.sidebar.SidebarView;
import dev.tidemark.app.sync.SyncFooter;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.updates.UpdateLine;
import dev.tidemark.app.welcome.WelcomeCard;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows the content of the main window: the three panes or a page, and above them the overlay, messages and reminders.
 */
final class MainView extends StackPane {
    private final MainViewModel model;
    private final SyncPages syncPages;
    private final DragGesture dragging = new DragGesture();
    private final SidebarView sidebar;
    private final ItemListPane list;
    private final DetailView detail;
    private final ThreePanes panes;
    private final WindowCommands commands;
    private final Overlay overlay = new Overlay();
    private final Map<Class<?>, Region> pages;
    private final RemindersView reminders;
    private Map<UUID, String> shownColors = Map.of();

    /** The view models of the pages about devices and sync activity. */
    record SyncPages(DevicesViewModel devices, ActivityViewModel activity) {}

    /** @param update the line above the sync status that tells the user about a newer version */
    MainView(
            MainViewModel model,
            SyncViewModel sync,
            SyncPages syncPages,
            Runnable openSettings,
            Runnable openSync,
            Consumer<URI> opener,
            Node notice,
            UpdateLine update,
            List<Command> more) {
        this.model = model;
        this.syncPages = syncPages;
        SyncFooter state = new SyncFooter(
                sync,
                new SyncFooter.Pages(
                        openSettings,
                        openSync,
                        () -> model.list().show(new ItemSource.Devices()),
                        () -> model.list().show(new ItemSource.Activity())));
        VBox.setMargin(update, new Insets(0, 8, 4, 8));
        VBox foot = new VBox(update, state);
        sidebar = new SidebarView(
                model.sidebar(),
                model.dayProperty(),
                dragging,
                view -> model.list().show(view),
                (items, view) -> model.list().commands().drop(items, view, name(view)),
                foot);
        detail = new DetailView(
                model.detail(),
                model.conflictsPage(),
                model.attachments(),
                () -> model.sidebar().lists(),
                new DetailView.Actions(
                        model.list().commands()::trash,
                        model.list().commands()::restore,
                        model.list().commands()::purge,
                        model::duplicate,
                        this::printSelected,
                        () -> model.list().selectedProperty().set(null),
                        id -> model.list().show(new ItemSource.History(id)),
                        opener));
        list = new ItemListPane(
                model.list(),
                this::name,
                this::color,
                dragging,
                model.sidebar()::tagNames,
                search -> model.sidebar().save(search, view -> model.list().show(view)),
                detail::focusTitle,
                this::openConflict,
                this::rowMenu);
        ConflictsPage conflicts = new ConflictsPage(model.conflictsPage(), this::listName, this::reveal);
        HistoryPage history = new HistoryPage(
                model.history(),
                new HistoryPage.Names(
                        () -> model.sidebar().lists(), () -> model.history().deviceNames()),
                this::reveal,
                () -> model.list().show(new ItemSource.History(null)),
                () -> model.list().show(new ItemSource.Checkpoints()));
        CheckpointsPage checkpoints =
                new CheckpointsPage(model.checkpoints(), () -> model.list().show(new ItemSource.History(null)));
        DevicesPage devices =
                new DevicesPage(syncPages.devices(), () -> model.list().show(new ItemSource.Activity()), openSync);
        ActivityPage activity = new ActivityPage(
                syncPages.activity(),
                sync,
                () -> model.list().show(new ItemSource.Devices()),
                () -> model.list()
                        .show(new ItemSource.Conflicts(
                                model.conflicts().currentProperty().get().all().keySet())));
        sync.stateProperty().subscribe(now -> {
            if (!now.running()) {
                syncPages.devices().refresh();
                syncPages.activity().refresh();
            }
        });
        pages = Map.of(
                ItemSource.Conflicts.class, conflicts,
                ItemSource.History.class, history,
                ItemSource.Checkpoints.class, checkpoints,
                ItemSource.Devices.class, devices,
                ItemSource.Activity.class, activity);
        panes = new ThreePanes(
                sidebar, list, detail, List.of(conflicts, history, checkpoints, devices, activity), folded -> {
                    state.fold(folded);
                    update.fold(folded);
                });
        ToastView toast = new ToastView(model.toasts());
        StackPane.setAlignment(toast, Pos.BOTTOM_CENTER);
        StackPane.setMargin(toast, new Insets(0, 0, 24, 0));
        reminders = new RemindersView(
                model.reminders(), id -> model.list().selectedProperty().set(id));
        StackPane.setAlignment(reminders, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(reminders, new Insets(0, 16, 60, 0));
        StackPane.setAlignment(notice, Pos.BOTTOM_CENTER);
        StackPane.setMargin(notice, new Insets(0, 16, 72, 16));
        List<Command> others = new ArrayList<>(more);
        others.add(jumpCommand(history));
        commands = new WindowCommands(
                model, sync, sidebar, list, detail, overlay, openSettings, this::openConflict, others);
        LazyChildren.fill(this, panes, reminders, toast, notice);
        getChildren().addAll(dragging.dragView(), overlay);
        bind();
        new ExternalDrops(
                this, model.list().commands(), model.drops(), model.list().viewProperty()::get);
    }

    /** Shows the history, unless it is shown, and asks for a date and time to jump to. */
    private Command jumpCommand(HistoryPage history) {
        return Command.inWindow(
                Icons.TIME,
                Messages.text(Keys.COMMAND_HISTORY_MOMENT),
                new KeyCodeCombination(KeyCode.G, KeyCombination.SHORTCUT_DOWN),
                () -> {
                    if (!(model.list().viewProperty().get() instanceof ItemSource.History)) {
                        model.list().show(new ItemSource.History(null));
                    }
                    history.jump();
                });
    }

    private void bind() {
        model.list().viewProperty().subscribe(sidebar::select);
        model.list().viewProperty().subscribe(view -> {
            panes.showPage(pages.get(view.getClass()));
            if (view instanceof ItemSource.History history) {
                model.history().show(history.item());
            } else {
                model.history().hide();
            }
            if (view instanceof ItemSource.Checkpoints) {
                model.checkpoints().show();
            } else {
                model.checkpoints().hide();
            }
            if (view instanceof ItemSource.Devices) {
                syncPages.devices().show();
            } else {
                syncPages.devices().hide();
            }
            if (view instanceof ItemSource.Activity) {
                syncPages.activity().show();
            } else {
                syncPages.activity().hide();
            }
        });
        model.list()
                .selectedProperty()
                .subscribe(id -> panes.detailOpenProperty().set(id != null));
        model.dayProperty().subscribe(day -> list.refreshRows());
        panes.narrowProperty().subscribe(detail::setNarrow);
        model.sidebar().lists().addListener((ListChangeListener<ItemList>) change -> listsChanged());
        for (SidebarSection section : List.of(
                model.sidebar().listSection(),
                model.sidebar().tagSection(),
                model.sidebar().searchSection())) {
            section.entries().addListener((ListChangeListener<SidebarSection.Entry>) change -> {
                list.refreshName();
                sidebar.select(model.list().viewProperty().get());
            });
        }
        model.imports().foundProperty().subscribe(found -> {
            if (found != null) {
                ImportCard card = new ImportCard(model.imports(), found, overlay::close);
                overlay.open(card, card.first());
            }
        });
        model.conflicts().currentProperty().subscribe(conflicts -> {
            model.list().setConflicted(conflicts.all().keySet());
            sidebar.showConflicts(conflicts.all().keySet(), conflicts.number());
            list.refreshRows();
        });
    }

    /**
     * Refreshes the rows if the colour of a list changed. A change of the counts, which is frequent, does not affect
     * the rows.
     */
    private void listsChanged() {
        Map<UUID, String> colors = model.sidebar().lists().stream()
                .collect(Collectors.toMap(ItemList::id, each -> ColorDot.colorOf(each.id(), each.color())));
        if (!colors.equals(shownColors)) {
            shownColors = colors;
            list.refreshRows();
        }
    }

    void addKeys(Scene scene) {
        commands.install(scene);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && panes.narrowProperty().get()) {
                model.list().selectedProperty().set(null);
            }
        });
    }

    void welcome(Runnable connect) {
        WelcomeCard card =
                new WelcomeCard(model.welcome(), model.day(), model.imports()::open, connect, overlay::close);
        overlay.open(card, card.first());
    }

    void focusReminders() {
        reminders.takeFocus();
    }

    WindowCommands commands() {
        return commands;
    }

    ThreePanes panes() {
        return panes;
    }

    ItemListPane list() {
        return list;
    }

    private String name(ItemSource view) {
        return switch (view) {
            case ItemSource.Inbox it -> Messages.text(Keys.SIDEBAR_INBOX);
            case ItemSource.Today it -> Messages.text(Keys.SIDEBAR_TODAY);
            case ItemSource.Upcoming it -> Messages.text(Keys.SIDEBAR_UPCOMING);
            case ItemSource.Completed it -> Messages.text(Keys.SIDEBAR_COMPLETED);
            case ItemSource.OfTag it -> "#" + it.name();
            case ItemSource.SearchResults it ->
                Objects.requireNonNullElse(model.sidebar().name(it), Messages.text(Keys.SIDEBAR_FOUND));
            case ItemSource.All it -> Messages.text(Keys.SIDEBAR_ALL);
            case ItemSource.Notes it -> Messages.text(Keys.SIDEBAR_NOTES);
            case ItemSource.Trash it -> Messages.text(Keys.SIDEBAR_TRASH);
            case ItemSource.Conflicts it -> Messages.text(Keys.SIDEBAR_CONFLICTS);
            case ItemSource.History it -> Messages.text(Keys.SIDEBAR_HISTORY);
            case ItemSource.Checkpoints it -> Messages.text(Keys.CHECKPOINTS_TITLE);
            case ItemSource.Devices it -> Messages.text(Keys.DEVICES_TITLE);
            case ItemSource.Activity it -> Messages.text(Keys.ACTIVITY_TITLE);
            case ItemSource.OfList it ->
                Objects.requireNonNullElse(model.sidebar().name(it), "");
        };
    }

    private List<SelectionCommands.MenuEntry> rowMenu() {
        return commands.selection().lines();
    }

    private void openConflict(UUID id) {
        model.list().selectedProperty().set(id);
        detail.focusConflict(id);
    }

    private void reveal(UUID id) {
        model.reveal(id, list::focusList);
    }

    private Optional<String> listName(UUID id) {
        return model.sidebar().list(id).map(ItemList::name);
    }

    private @Nullable String color(@Nullable UUID id) {
        return id == null
                ? null
                : ColorDot.colorOf(
                        id, model.sidebar().list(id).map(ItemList::color).orElse(null));
    }

    private void printSelected() {
        model.print(list.shownName());
    }
}
