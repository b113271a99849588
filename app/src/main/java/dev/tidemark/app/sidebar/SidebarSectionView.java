package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.sidebar.SidebarSection.Entry;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Shows a sidebar section with its heading: lists, tags or saved searches. The user can rename, colour, move and delete
 * the lines with mouse and keyboard.
 */
final class SidebarSectionView extends VBox {
    private final SidebarSection model;
    private final Kind kind;
    private final DragGesture dragging;
    private final UnaryOperator<SidebarEntry> register;
    private final Consumer<ItemSource> opened;
    private final IntSupplier maxLines;
    private final Map<String, SidebarEntry> lines = new HashMap<>();
    private final Map<String, Entry> drawn = new HashMap<>();
    private final VBox content = new VBox(1);
    private final Label title;
    private final HBox heading = new HBox();
    private final NewNameField field;
    private final @Nullable Button foldedButton;
    private @Nullable ButtonCommand addCommand;
    private boolean folded;
    private @Nullable String pressed;

    /**
     * The properties in which the sections differ.
     *
     * @param id the prefix of the ids of the section's controls
     * @param title the heading
     * @param add the name of the button that adds an entry; {@code null} for no button
     * @param prompt the prompt of the field for a new entry
     * @param icon the default icon; {@code null} for a dot
     */
    record Kind(
            String id,
            String title,
            @Nullable String add,
            @Nullable String prompt,
            @Nullable String icon) {}

    /**
     * @param register adds a line to the toggle group of the sidebar
     * @param opened receives the view that the user opens
     * @param maxLines returns how many lines to create. Called at each update
     */
    SidebarSectionView(
            SidebarSection model,
            Kind kind,
            DragGesture dragging,
            UnaryOperator<SidebarEntry> register,
            Consumer<ItemSource> opened,
            IntSupplier maxLines) {
        this.model = model;
        this.maxLines = maxLines;
        this.kind = kind;
        this.dragging = dragging;
        this.register = register;
        this.opened = opened;
        setId(kind.id() + "-section");
        title = new Label(kind.title());
        field = new NewNameField("new-" + kind.id() + "-name", kind.prompt(), name -> model.add(name, opened));
        createHeading();
        foldedButton = kind.icon() == null
                ? null
                : Controls.styled(
                        Controls.iconButton(kind.id() + "-entries", kind.icon(), kind.title(), this::openEntries),
                        Styles.FOLDED_ENTRIES);
        LazyChildren.fill(
                this,
                Stream.of(heading, foldedButton, content, field)
                        .filter(Objects::nonNull)
                        .toArray(Node[]::new));
        // Uses an event filter, because controls consume all mouse events.
        content.addEventFilter(MouseEvent.DRAG_DETECTED, event -> drag());
        model.entries().addListener((ListChangeListener<Entry>) change -> show());
        show();
    }

    private void createHeading() {
        heading.getStyleClass().add(Styles.SIDEBAR_HEADING);
        heading.getChildren().setAll(title, Controls.spacer());
        if (kind.add() != null) {
            Button add = Controls.iconButton("new-" + kind.id(), Icons.ADD, kind.add(), field::open);
            addCommand = ButtonCommand.of(
                    add, Command.Group.PLACES, kind.icon() == null ? Icons.LIST : kind.icon(), kind.add());
            add.getStyleClass().add(Styles.SMALL);
            heading.getChildren().add(add);
        }
    }

    /** Returns the command that presses the button to add an entry; empty for saved searches. */
    Stream<ButtonCommand> buttonCommands() {
        return Stream.ofNullable(addCommand);
    }

    /** Updates the lines. Shows at most as many lines as {@code maxLines} returns. */
    void show() {
        List<Node> shown = new ArrayList<>();
        for (Entry entry : model.entries()) {
            if (shown.size() >= maxLines.getAsInt()) {
                break;
            }
            SidebarEntry line = lines.computeIfAbsent(entry.key(), key -> create(entry));
            draw(line, entry);
            shown.add(line);
        }
        lines.values().removeIf(line -> {
            boolean isGone = !shown.contains(line);
            if (isGone) {
                line.setToggleGroup(null);
            }
            return isGone;
        });
        drawn.keySet().retainAll(lines.keySet());
        Controls.fill(content.getChildren(), shown);
        showOrHide();
    }

    /**
     * Updates only the changed parts of a line, because each merge can change the counts of all lists, and a new icon
     * costs a layout.
     */
    private void draw(SidebarEntry line, Entry entry) {
        Entry before = drawn.put(entry.key(), entry);
        if (before == null || !entry.equals(before.counting(entry.count()))) {
            line.setView(entry.view());
            line.show(mark(entry), entry.name(), entry.count());
        } else if (entry.count() != before.count()) {
            line.showCount(entry.count());
        }
    }

    /** Hides a section without entries, unless the sidebar is unfolded and the section has an add button. */
    private void showOrHide() {
        boolean isEmpty = model.entries().isEmpty();
        Controls.show(this, !isEmpty || (kind.add() != null && !folded));
        if (foldedButton != null) {
            Controls.show(foldedButton, folded);
            Controls.show(content, !folded);
        }
    }

    /** Opens a menu of the entries, which have equal icons and so cannot be told apart in a folded sidebar. */
    private void openEntries() {
        if (foldedButton == null) {
            return;
        }
        ContextMenu menu = Menus.menu(kind.id() + "-entries-menu");
        for (Entry entry : model.entries()) {
            SidebarEntry line = lines.get(entry.key());
            CheckMenuItem item = Menus.prepared(
                    new CheckMenuItem(SingleLineText.abbreviate(entry.name())),
                    kind.id() + "-entry-" + entry.key(),
                    () -> opened.accept(entry.view()));
            item.setSelected(line != null && line.isSelected());
            menu.getItems().add(item);
        }
        Menus.showBelow(foldedButton, menu);
    }

    /** Marks the button of the folded section if the open view is one of the section's entries. */
    void showOpenView(ItemSource view) {
        if (foldedButton != null) {
            Controls.toggleStyle(foldedButton, Styles.CURRENT, model.of(view) != null);
        }
    }

    private Node mark(Entry entry) {
        String color = kind.icon() == null || entry.color() != null
                ? ColorDot.colorOf(
                        entry.view() instanceof ItemSource.OfList list
                                ? list.id()
                                : UUID.nameUUIDFromBytes(entry.key().getBytes(StandardCharsets.UTF_8)),
                        entry.color())
                : null;
        String icon = entry.icon() == null ? kind.icon() : entry.icon();
        if (icon == null || !(ColorAndIconPopup.ICONS.containsKey(icon) || icon.equals(kind.icon()))) {
            return new ColorDot(color);
        }
        var shape = Controls.icon(icon);
        if (color != null) {
            shape.getStyleClass().addAll(Styles.COLORED, color);
        }
        return shape;
    }

    private SidebarEntry create(Entry entry) {
        SidebarEntry line = register.apply(
                new SidebarEntry(kind.id() + "-" + entry.key(), entry.view(), mark(entry), entry.name()));
        line.showCount(entry.count());
        drawn.put(entry.key(), entry);
        line.fold(folded);
        line.addEventHandler(KeyEvent.KEY_PRESSED, event -> onKey(event, line, entry.key()));
        line.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                rename(line, entry.key());
            }
        });
        line.setOnContextMenuRequested(event -> {
            menu(line, entry.key()).show(line, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        line.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> pressed = entry.key());
        line.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> pressed = null);
        acceptDrops(line, entry.key());
        return line;
    }

    /** Drags the line that the user pressed. When JavaFX detects the drag, the pointer may be over another line. */
    private void drag() {
        String key = pressed;
        SidebarEntry line = key == null ? null : lines.get(key);
        pressed = null;
        if (key != null && line != null) {
            model.entry(key)
                    .ifPresent(entry ->
                            dragging.begin(line, new DragGesture.Dragged.SidebarLine(model, key), entry.name()));
        }
    }

    private void onKey(KeyEvent event, SidebarEntry line, String key) {
        boolean isMove = event.isAltDown() && !event.isShortcutDown();
        if (event.getCode() == KeyCode.F2) {
            rename(line, key);
        } else if (event.getCode() == KeyCode.DELETE && event.getTarget() == line) {
            delete(line, key);
        } else if (isMove && event.getCode() == KeyCode.UP) {
            model.moveBy(key, false);
        } else if (isMove && event.getCode() == KeyCode.DOWN) {
            model.moveBy(key, true);
        } else {
            return;
        }
        event.consume();
    }

    private void acceptDrops(SidebarEntry line, String key) {
        line.addEventHandler(MouseDragEvent.MOUSE_DRAG_OVER, event -> {
            boolean wanted = dragging.line(model) != null && !key.equals(dragging.line(model));
            DragGesture.mark(line, wanted, event);
        });
        line.addEventHandler(MouseDragEvent.MOUSE_DRAG_EXITED, event -> DragGesture.mark(line, false, event));
        line.addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, event -> {
            DragGesture.mark(line, false, event);
            String moved = dragging.line(model);
            if (moved != null) {
                model.moveBeside(moved, key, DragGesture.isLower(line, event));
            }
        });
    }

    private void rename(SidebarEntry line, String key) {
        boolean isOpen = line.isSelected();
        line.rename(name -> model.rename(key, name, view -> {
            if (isOpen && view instanceof ItemSource.OfTag) {
                opened.accept(view);
            }
        }));
    }

    /**
     * Returns the commands that rename the lines; empty in a folded sidebar, which has no room for a text field.
     *
     * @param shown scrolls to a line before its name is replaced by a text field
     */
    Stream<Command> renames(Consumer<SidebarEntry> shown) {
        return folded ? Stream.empty() : model.entries().stream().map(entry -> rename(entry, shown));
    }

    private Command rename(Entry entry, Consumer<SidebarEntry> shown) {
        String name = entry.view() instanceof ItemSource.OfTag ? "#" + entry.name() : entry.name();
        return new Command(
                Command.Group.PLACES,
                Icons.EDIT,
                Messages.text(Keys.COMMAND_CHOICE, Messages.text(Keys.SIDEBAR_RENAME), name),
                null,
                () -> {
                    SidebarEntry line = lines.get(entry.key());
                    if (line != null) {
                        shown.accept(line);
                        rename(line, entry.key());
                    }
                });
    }

    private void delete(SidebarEntry line, String key) {
        boolean isOpen = line.isSelected();
        model.delete(key, () -> {
            if (isOpen) {
                opened.accept(new ItemSource.Inbox());
            }
        });
    }

    private ContextMenu menu(SidebarEntry line, String key) {
        return Menus.menu(
                kind.id() + "-menu",
                item("menu-rename", Keys.SIDEBAR_RENAME, Icons.EDIT, () -> rename(line, key)),
                item("menu-look", Keys.SIDEBAR_LOOK, Icons.COLOR, () -> showColorAndIcon(line, key)),
                new SeparatorMenuItem(),
                item("menu-up", Keys.SIDEBAR_MOVE_UP, Icons.UP, () -> model.moveBy(key, false)),
                item("menu-down", Keys.SIDEBAR_MOVE_DOWN, Icons.DOWN, () -> model.moveBy(key, true)),
                new SeparatorMenuItem(),
                item("menu-delete", Keys.SIDEBAR_DELETE, Icons.TRASH, () -> delete(line, key)));
    }

    private void showColorAndIcon(SidebarEntry line, String key) {
        model.entry(key)
                .ifPresent(entry -> new ColorAndIconPopup(
                                color -> model.setColor(key, color), icon -> model.setIcon(key, icon))
                        .show(line, entry.color(), entry.icon()));
    }

    private static MenuItem item(String id, String key, String icon, Runnable action) {
        return Menus.item(id, Messages.text(key), Controls.icon(icon), action);
    }

    @Nullable
    SidebarEntry line(ItemSource view) {
        Entry entry = model.of(view);
        return entry == null ? null : lines.get(entry.key());
    }

    /** The visible lines from top to bottom. */
    Stream<Node> lines() {
        return content.getChildren().stream();
    }

    void fold(boolean wanted) {
        folded = wanted;
        Controls.show(title, !wanted);
        if (wanted) {
            field.close();
        }
        showOrHide();
    }
}
