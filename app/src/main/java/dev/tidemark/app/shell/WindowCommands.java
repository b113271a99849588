package dev.tidemark.app.shell;

import dev.tidemark.app.detail.DetailView;
import dev.tidemark.app.detail.FormattingKeys;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Overlay;
import dev.tidemark.app.list.ItemCommands;
import dev.tidemark.app.list.ItemListPane;
import dev.tidemark.app.list.ListKeyHandler;
import dev.tidemark.app.list.SelectionCommands;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.app.palette.KeyNames;
import dev.tidemark.app.palette.PaletteEntry;
import dev.tidemark.app.palette.PaletteView;
import dev.tidemark.app.palette.PaletteViewModel;
import dev.tidemark.app.palette.ShortcutSheet;
import dev.tidemark.app.palette.ShortcutSheet.KeyHint;
import dev.tidemark.app.sidebar.SidebarView;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** Creates all commands of the main window, for its keys, the palette and the sheet of shortcuts. */
public final class WindowCommands {
    private static final KeyCombination REDO_TOO = control(KeyCode.Y);

    private final MainViewModel model;
    private final ItemListPane list;
    private final Overlay overlay;
    private final List<Command> fixed;
    private final Command undo;
    private final Command redo;
    private final SelectionCommands selection;
    private final PaletteViewModel palette;
    private final PaletteView paletteView;
    private final List<ButtonCommand> buttons;
    private final SidebarView sidebar;
    private final SyncViewModel sync;

    WindowCommands(
            MainViewModel model,
            SyncViewModel sync,
            SidebarView sidebar,
            ItemListPane list,
            DetailView detail,
            Overlay overlay,
            Runnable openSettings,
            Consumer<UUID> openConflict,
            List<Command> more) {
        buttons = Stream.of(sidebar.buttonCommands(), list.buttonCommands(), detail.buttonCommands())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(each -> each.button().getId()))
                .toList();
        this.sidebar = sidebar;
        this.sync = sync;
        this.model = model;
        this.list = list;
        this.overlay = overlay;
        ItemCommands items = model.list().commands();
        undo = item(Icons.UNDO, Keys.COMMAND_UNDO, control(KeyCode.Z), model::undo);
        redo = item(Icons.REDO, Keys.COMMAND_REDO, controlShift(KeyCode.Z), model::redo);
        SelectionCommands.CommonCommands always = new SelectionCommands.CommonCommands(
                item(Icons.EDIT, Keys.COMMAND_OPEN, null, detail::focusTitle),
                item(Icons.DONE, Keys.COMMAND_TICK, control(KeyCode.ENTER), items::completeSelected),
                item(Icons.DUPLICATE, Keys.COMMAND_DUPLICATE, control(KeyCode.D), model::duplicate),
                item(Icons.COPY, Keys.COMMAND_COPY, control(KeyCode.C), this::copy),
                item(Icons.PRINT, Keys.COMMAND_PRINT, control(KeyCode.P), () -> model.print(list.shownName())),
                item(Icons.TRASH, Keys.COMMAND_TRASH, null, items::trashSelected));
        selection = new SelectionCommands(
                model.list().selection(),
                items,
                model.sidebar()::lists,
                model.sidebar()::tagNames,
                model::day,
                model.list()::hasConflict,
                openConflict,
                always);
        List<Command> commands = List.of(
                item(Icons.ADD, Keys.COMMAND_NEW_ITEM, control(KeyCode.N), list::focusQuickAdd),
                always.tick(),
                always.duplicate(),
                always.copy(),
                always.print(),
                item(
                        Icons.PRINT,
                        Keys.COMMAND_PRINT_LIST,
                        controlShift(KeyCode.P),
                        () -> model.printList(list.shownName())),
                always.trash(),
                item(
                        Icons.UP,
                        Keys.SIDEBAR_MOVE_UP,
                        alt(KeyCode.UP),
                        () -> model.list().moveSelected(false)),
                item(
                        Icons.DOWN,
                        Keys.SIDEBAR_MOVE_DOWN,
                        alt(KeyCode.DOWN),
                        () -> model.list().moveSelected(true)),
                item(Icons.LATER, Keys.COMMAND_DAY_LATER, alt(KeyCode.RIGHT), () -> items.moveSelectedByDays(1)),
                item(Icons.EARLIER, Keys.COMMAND_DAY_EARLIER, alt(KeyCode.LEFT), () -> items.moveSelectedByDays(-1)),
                undo,
                redo,
                item(
                        Icons.SHOW_DONE,
                        Keys.LIST_SHOW_DONE,
                        null,
                        () -> model.list().toggleDone()),
                window(Icons.SEARCH, Keys.SEARCH_OPEN, control(KeyCode.F), list::focusSearch),
                window(Icons.LIST, Keys.COMMAND_LIST, control(KeyCode.L), list::focusList),
                window(Icons.COMMANDS, Keys.COMMAND_PALETTE, control(KeyCode.K), this::openPalette),
                window(Icons.SYNC, Keys.COMMAND_SYNC, new KeyCodeCombination(KeyCode.F5), sync::syncNow),
                window(Icons.SETTINGS, Keys.COMMAND_SETTINGS, control(KeyCode.COMMA), openSettings),
                window(Icons.KEYS, Keys.COMMAND_SHORTCUTS, new KeyCodeCombination(KeyCode.F1), this::openSheet));
        fixed = Stream.concat(commands.stream(), more.stream()).toList();
        palette = new PaletteViewModel(this::all, this::find);
        paletteView = new PaletteView(palette, overlay::close);
    }

    private static Command item(String icon, String name, @Nullable KeyCombination keys, Runnable run) {
        return new Command(Group.ITEMS, icon, Messages.text(name), keys, run);
    }

    private static Command window(String icon, String name, KeyCombination keys, Runnable run) {
        return Command.inWindow(icon, Messages.text(name), keys, run);
    }

    private static KeyCombination control(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN);
    }

    private static KeyCombination controlShift(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    }

    private static KeyCombination alt(KeyCode key) {
        return new KeyCodeCombination(key, KeyCombination.ALT_DOWN);
    }

    void install(Scene scene) {
        for (List<Command> commands : List.of(fixed, buttonCommands(), openViews())) {
            for (Command command : commands) {
                if (command.keys() != null && !command.equals(undo) && !command.equals(redo)) {
                    scene.getAccelerators().put(command.keys(), command.run());
                }
            }
        }
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean undoes = keys(undo).match(event);
            boolean redoes = keys(redo).match(event) || REDO_TOO.match(event);
            if (!undoes && !redoes) {
                return;
            }
            if (!undoesTyping(event, undoes)) {
                (undoes ? undo : redo).run().run();
                event.consume();
            } else if (undoes && event.getTarget() instanceof TextInputControl field) {
                model.detail().applyFieldUndo(field::undo);
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            if (event.getCharacter().equals("?") && !(event.getTarget() instanceof TextInputControl)) {
                openSheet();
                event.consume();
            }
        });
    }

    List<ButtonCommand> buttons() {
        return buttons;
    }

    private List<Command> buttonCommands() {
        return buttons.stream().map(ButtonCommand::command).toList();
    }

    SelectionCommands selection() {
        return selection;
    }

    private void copy() {
        model.copy((titles, number) -> {
            Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, titles));
            model.showMessage(Messages.text(Keys.TOAST_COPIED, number));
        });
    }

    private static KeyCombination keys(Command command) {
        return Objects.requireNonNull(command.keys());
    }

    /**
     * Whether the focused text field handles undo or redo itself. An empty one-line field, such as quick add, does not.
     *
     * @param undoes whether the command is undo; otherwise it is redo
     */
    private static boolean undoesTyping(KeyEvent event, boolean undoes) {
        return event.getTarget() instanceof TextInputControl text
                && (undoes ? text.isUndoable() : text.isRedoable())
                && !(text instanceof TextField && text.getText().isEmpty());
    }

    /** The commands that are available now. */
    public List<Command> all() {
        List<Command> all = new ArrayList<>(fixed);
        buttons.stream()
                .filter(ButtonCommand::isAvailable)
                .map(ButtonCommand::command)
                .forEach(all::add);
        all.addAll(sync.commands());
        all.addAll(selection.commands());
        all.addAll(openViews());
        for (ItemList one : model.sidebar().lists()) {
            all.add(openView(Icons.LIST, one.name(), null, new ItemSource.OfList(one.id()))
                    .withDot(ColorDot.colorOf(one.id(), one.color())));
        }
        model.sidebar()
                .tagSection()
                .entries()
                .forEach(tag -> all.add(openView(Icons.TAG, "#" + tag.name(), null, tag.view())));
        model.sidebar()
                .searchSection()
                .entries()
                .forEach(search -> all.add(openView(Icons.SEARCH, search.name(), null, search.view())));
        all.addAll(sidebar.renames());
        return all;
    }

    private List<Command> openViews() {
        return List.of(
                smartListCommand(Icons.INBOX, Keys.SIDEBAR_INBOX, KeyCode.DIGIT1, new ItemSource.Inbox()),
                smartListCommand(Icons.TODAY, Keys.SIDEBAR_TODAY, KeyCode.DIGIT2, new ItemSource.Today(model.day())),
                smartListCommand(
                        Icons.UPCOMING, Keys.SIDEBAR_UPCOMING, KeyCode.DIGIT3, new ItemSource.Upcoming(model.day())),
                smartListCommand(Icons.ALL, Keys.SIDEBAR_ALL, KeyCode.DIGIT4, new ItemSource.All()),
                smartListCommand(Icons.NOTES, Keys.SIDEBAR_NOTES, KeyCode.DIGIT5, new ItemSource.Notes()),
                smartListCommand(Icons.COMPLETED, Keys.SIDEBAR_COMPLETED, KeyCode.DIGIT6, new ItemSource.Completed()),
                smartListCommand(Icons.TRASH, Keys.SIDEBAR_TRASH, KeyCode.DIGIT7, new ItemSource.Trash()),
                smartListCommand(
                        Icons.CONFLICT, Keys.SIDEBAR_CONFLICTS, KeyCode.DIGIT8, new ItemSource.Conflicts(conflicted())),
                smartListCommand(Icons.TIME, Keys.SIDEBAR_HISTORY, KeyCode.DIGIT9, new ItemSource.History(null)),
                openView(Icons.KEEP, Messages.text(Keys.CHECKPOINTS_TITLE), null, new ItemSource.Checkpoints()),
                openView(Icons.GENERAL, Messages.text(Keys.DEVICES_TITLE), null, new ItemSource.Devices()),
                openView(Icons.SYNC, Messages.text(Keys.ACTIVITY_TITLE), null, new ItemSource.Activity()));
    }

    private Set<UUID> conflicted() {
        return model.conflicts().currentProperty().get().all().keySet();
    }

    private Command smartListCommand(String icon, String name, KeyCode key, ItemSource view) {
        return openView(icon, Messages.text(name), control(key), view);
    }

    private Command openView(String icon, String name, @Nullable KeyCombination keys, ItemSource view) {
        return new Command(Group.PLACES, icon, name, keys, () -> open(view));
    }

    private void open(ItemSource view) {
        ItemSource now = switch (view) {
            case ItemSource.Today it -> new ItemSource.Today(model.day());
            case ItemSource.Upcoming it -> new ItemSource.Upcoming(model.day());
            case ItemSource.Conflicts it -> new ItemSource.Conflicts(conflicted());
            default -> view;
        };
        model.list().show(now);
        list.focusList();
    }

    private void find(String typed, Consumer<List<PaletteEntry>> found) {
        model.find(typed, rows -> found.accept(rows.stream().map(this::entry).toList()));
    }

    private PaletteEntry entry(ItemRow row) {
        String listName = row.list() == null ? Messages.text(Keys.SIDEBAR_INBOX) : row.list();
        String icon = row.kind() == Kind.NOTE ? Icons.NOTES : row.done() ? Icons.DONE : Icons.ITEM;
        String title = row.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : row.title();
        return new PaletteEntry(
                PaletteEntry.Group.ITEMS, icon, null, title, listName, () -> model.reveal(row.id(), list::focusList));
    }

    void openPalette() {
        palette.begin();
        overlay.open(paletteView, paletteView.field());
    }

    void openSheet() {
        List<Command> commands = new ArrayList<>(fixed);
        commands.addAll(buttonCommands());
        commands.addAll(openViews());
        List<KeyHint> hints = List.of(
                hint(Keys.SHORTCUT_CHOOSE, Keys.KEY_ARROWS),
                hint(Keys.SHORTCUT_GO, Keys.KEY_LETTERS),
                hint(Keys.SHORTCUT_EXTEND, Keys.KEY_SHIFT_ARROWS),
                hint(Group.ITEMS, Keys.SHORTCUT_ALL, KeyNames.of(ListKeyHandler.ALL)),
                hint(Group.ITEMS, Keys.SHORTCUT_PASTE, KeyNames.of(control(KeyCode.V))),
                hint(Keys.SHORTCUT_OPEN, Keys.KEY_ENTER),
                hint(Keys.SHORTCUT_MENU, Keys.KEY_MENU),
                hint(Keys.SHORTCUT_TICK, Keys.KEY_SPACE),
                hint(Keys.SHORTCUT_TRASH, Keys.KEY_DELETE),
                hint(Group.TEXT, Keys.SHORTCUT_STRONG, KeyNames.of(FormattingKeys.STRONG)),
                hint(Group.TEXT, Keys.SHORTCUT_EMPHASIS, KeyNames.of(FormattingKeys.EMPHASIS)),
                hint(Group.TEXT, Keys.SHORTCUT_LINK, KeyNames.of(FormattingKeys.LINK)),
                hint(Group.TEXT, Keys.SHORTCUT_FOLLOW, KeyNames.of(FormattingKeys.FOLLOW)),
                hint(Group.TEXT, Keys.SHORTCUT_INDENT, Messages.text(Keys.KEY_TAB)),
                hint(
                        Group.TEXT,
                        Keys.SHORTCUT_OUT,
                        KeyNames.of(new KeyCodeCombination(KeyCode.TAB, KeyCombination.CONTROL_DOWN))),
                hint(Group.TEXT, Keys.SHORTCUT_PARTS, Messages.text(Keys.KEY_PARTS)),
                hint(Group.PLACES, Keys.SHORTCUT_RENAME, "F2"),
                hint(Group.WINDOW, Keys.SHORTCUT_LEAVE, Messages.text(Keys.KEY_ESCAPE)));
        ShortcutSheet sheet = new ShortcutSheet(commands, hints, overlay::close);
        overlay.open(sheet, sheet.first());
    }

    private static KeyHint hint(String name, String keys) {
        return hint(Group.ITEMS, name, Messages.text(keys));
    }

    private static KeyHint hint(Group group, String name, String keys) {
        return new KeyHint(group, Messages.text(name), keys);
    }
}
