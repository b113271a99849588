package dev.tidemark.app.main;

import dev.tidemark.app.detail.DetailView;
import dev.tidemark.app.detail.ListDot;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.sync.SyncFoot;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.util.UUID;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** The main window's contents. */
final class MainView extends StackPane {
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination REDO_TOO = new KeyCodeCombination(KeyCode.Y, KeyCombination.SHORTCUT_DOWN);

    private final MainViewModel model;
    private final SidebarView sidebar;
    private final ItemListPane list;
    private final DetailView detail;
    private final ThreePanes panes;

    /**
     * @param openSettings opens the settings
     * @param openSync opens the page about sync
     */
    MainView(MainViewModel model, SyncViewModel sync, Runnable openSettings, Runnable openSync) {
        this.model = model;
        SyncFoot foot = new SyncFoot(sync, openSettings, openSync);
        sidebar = new SidebarView(
                model.sidebar(),
                new ItemView.Today(model.day()),
                view -> model.list().show(view),
                foot);
        list = new ItemListPane(model.list(), this::name, this::color);
        detail = new DetailView(
                model.detail(),
                () -> model.sidebar().lists(),
                model.list()::trash,
                model.list()::restore,
                model.list()::purge,
                () -> model.list().selectedProperty().set(null));
        panes = new ThreePanes(sidebar, list, detail, foot::fold);
        ToastView toast = new ToastView(model.toasts());
        StackPane.setAlignment(toast, Pos.BOTTOM_CENTER);
        StackPane.setMargin(toast, new Insets(0, 0, 24, 0));
        getChildren().setAll(panes, toast);
        bind();
    }

    private void bind() {
        model.list().viewProperty().subscribe(sidebar::select);
        model.list()
                .selectedProperty()
                .subscribe(id -> panes.detailOpenProperty().set(id != null));
        panes.narrowProperty().subscribe(detail::setNarrow);
        model.sidebar().lists().addListener((ListChangeListener<ItemList>) change -> {
            list.refreshName();
            sidebar.select(model.list().viewProperty().get());
        });
        model.conflicts().currentProperty().subscribe(conflicts -> {
            model.list().setConflicted(conflicts.all().keySet());
            sidebar.showConflicts(conflicts.all().keySet());
            list.refreshRows();
        });
    }

    /** Sets the keys that work everywhere in the window. */
    void addKeys(Scene scene, Runnable openSettings) {
        key(scene, KeyCode.N, list::focusQuickAdd);
        key(scene, KeyCode.L, list::focusList);
        key(scene, KeyCode.COMMA, openSettings);
        KeyCode[] digits = {
            KeyCode.DIGIT1,
            KeyCode.DIGIT2,
            KeyCode.DIGIT3,
            KeyCode.DIGIT4,
            KeyCode.DIGIT5,
            KeyCode.DIGIT6,
            KeyCode.DIGIT7
        };
        for (int index = 0; index < digits.length; index++) {
            int number = index + 1;
            key(scene, digits[index], () -> sidebar.open(number));
        }
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (!undoesTyping(event)) {
                undoOrRedo(event);
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && panes.narrowProperty().get()) {
                model.list().selectedProperty().set(null);
            }
        });
    }

    /** In a text, these keys first take back what was typed there; an empty line for new items has nothing worth it. */
    private static boolean undoesTyping(KeyEvent event) {
        return event.getTarget() instanceof TextInputControl text
                && (UNDO.match(event) ? text.isUndoable() : text.isRedoable())
                && !(text instanceof TextField && text.getText().isEmpty());
    }

    private void undoOrRedo(KeyEvent event) {
        if (UNDO.match(event)) {
            model.undo();
            event.consume();
        } else if (REDO.match(event) || REDO_TOO.match(event)) {
            model.redo();
            event.consume();
        }
    }

    private static void key(Scene scene, KeyCode code, Runnable action) {
        scene.getAccelerators().put(new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), action);
    }

    ThreePanes panes() {
        return panes;
    }

    ItemListPane list() {
        return list;
    }

    private String name(ItemView view) {
        return switch (view) {
            case ItemView.Inbox it -> Texts.text(Keys.SIDEBAR_INBOX);
            case ItemView.Today it -> Texts.text(Keys.SIDEBAR_TODAY);
            case ItemView.Upcoming it -> Texts.text(Keys.SIDEBAR_UPCOMING);
            case ItemView.Completed it -> Texts.text(Keys.SIDEBAR_COMPLETED);
            case ItemView.OfTag it -> "#" + it.name();
            case ItemView.Found it -> Texts.text(Keys.SIDEBAR_FOUND);
            case ItemView.All it -> Texts.text(Keys.SIDEBAR_ALL);
            case ItemView.Notes it -> Texts.text(Keys.SIDEBAR_NOTES);
            case ItemView.Trash it -> Texts.text(Keys.SIDEBAR_TRASH);
            case ItemView.Conflicts it -> Texts.text(Keys.SIDEBAR_CONFLICTS);
            case ItemView.OfList it ->
                model.sidebar().lists().stream()
                        .filter(candidate -> candidate.id().equals(it.id()))
                        .map(ItemList::name)
                        .findFirst()
                        .orElse("");
        };
    }

    private @Nullable String color(@Nullable UUID id) {
        return id == null
                ? null
                : ListDot.colorOf(
                        id,
                        model.sidebar().lists().stream()
                                .filter(candidate -> candidate.id().equals(id))
                                .findFirst()
                                .map(ItemList::color)
                                .orElse(null));
    }
}
