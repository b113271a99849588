package dev.tidemark.app.history;

import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.detail.WordDiff;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.RtlWrapWorkaround;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.app.history.HistoryEntry.FieldChange;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/** Shows an entry of the history: sentence, device, time, differences, and buttons to open the item and to undo. */
final class HistoryCell extends ListCell<HistoryEntry> {
    private static final String ARROW = "  →  ";

    private final HistoryViewModel model;
    private final HistoryPage.Names names;
    private final Consumer<UUID> opened;

    HistoryCell(HistoryViewModel model, HistoryPage.Names names, Consumer<UUID> opened) {
        this.model = model;
        this.names = names;
        this.opened = opened;
        getStyleClass().add(Styles.HISTORY_CELL);
        // With a preferred width of 0, the cell gets the width of the list, and long texts wrap.
        setPrefWidth(0);
        setOnContextMenuRequested(event -> {
            if (getItem() != null) {
                menu(getItem()).show(this, event.getScreenX(), event.getScreenY());
            }
        });
    }

    @Override
    protected void updateItem(@Nullable HistoryEntry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (empty || entry == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        setGraphic(line(entry));
        setAccessibleText(HistoryText.sentence(entry) + ", " + when(entry));
        if (getIndex() >= model.entries().size() - 5) {
            model.loadMore();
        }
    }

    private ContextMenu menu(HistoryEntry entry) {
        ContextMenu menu = Menus.menu(
                "history-menu",
                Menus.item(
                        "history-menu-undo",
                        Messages.text(Keys.HISTORY_UNDO),
                        Controls.icon(Icons.UNDO),
                        () -> model.undo(entry)));
        if (entry.subject().type() == HistoryEntry.Type.ITEM && entry.subject().exists()) {
            menu.getItems()
                    .addFirst(Menus.item(
                            "history-menu-open",
                            Messages.text(Keys.HISTORY_OPEN),
                            Controls.icon(Icons.EDIT),
                            () -> opened.accept(entry.subject().id())));
            List<FieldChange> fields = entry.action() == HistoryEntry.Action.ADDED ? List.of() : entry.fields();
            fields.stream()
                    .filter(change -> change.isKnown() && HistoryReader.COLUMNS.contains(change.field()))
                    .forEach(change -> menu.getItems()
                            .add(Menus.item(
                                    "history-menu-" + change.field(),
                                    Messages.text(
                                            Keys.HISTORY_UNDO_FIELD, Messages.text(FieldText.key(change.field()))),
                                    null,
                                    () -> model.restoreBefore(entry, change))));
        }
        return menu;
    }

    private String when(HistoryEntry entry) {
        ZonedDateTime now = model.now();
        String device = entry.isHere() ? Messages.text(Keys.HISTORY_HERE) : entry.device();
        return Messages.text(
                Keys.HISTORY_WHO, device, RelativeTimeFormat.of(entry.at(), now.toInstant(), now.getZone()));
    }

    private Node line(HistoryEntry entry) {
        ColorDot dot = new ColorDot(names.colorOf(entry.device()));
        HBox.setMargin(dot, new Insets(6, 0, 0, 0));
        Label sentence = Controls.wrapped(new Label(HistoryText.sentence(entry)));
        sentence.getStyleClass().add(Styles.HISTORY_SENTENCE);
        WritingDirection.apply(sentence, sentence.getText());
        Label when = Controls.styled(new Label(when(entry)), Styles.CAPTION);
        VBox text = new VBox(2, sentence, when);
        Map<String, List<FieldChange>> byField = new LinkedHashMap<>();
        entry.details()
                .forEach(change -> byField.computeIfAbsent(change.field(), field -> new ArrayList<>())
                        .add(change));
        boolean isNew = entry.action() == HistoryEntry.Action.ADDED;
        byField.forEach((field, changes) -> text.getChildren().add(field(field, changes, isNew)));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = Controls.styled(new HBox(dot, text), Styles.HISTORY_LINE);
        line.setAlignment(Pos.TOP_LEFT);
        if (entry.subject().type() == HistoryEntry.Type.ITEM && entry.subject().exists()) {
            line.getChildren()
                    .add(Controls.iconButton(
                            "history-open",
                            Icons.EDIT,
                            Messages.text(Keys.HISTORY_OPEN),
                            () -> opened.accept(entry.subject().id())));
        }
        Button undo = Controls.iconButton(
                "history-undo", Icons.UNDO, Messages.text(Keys.HISTORY_UNDO), () -> model.undo(entry));
        line.getChildren().add(undo);
        return line;
    }

    /** Creates the text of a field with its differences. For tags and attachments, shows each added or removed name. */
    private Node field(String field, List<FieldChange> changes, boolean isNew) {
        TextFlow flow = Controls.styled(new TextFlow(), Styles.HISTORY_FIELD);
        add(flow, Messages.text(FieldText.key(field)) + ":  ", Styles.IN_COMMON);
        for (FieldChange change : changes) {
            if (flow.getChildren().size() > 1) {
                add(flow, ",  ", Styles.IN_COMMON);
            }
            if (field.equals("tags") || field.equals("attachments")) {
                add(
                        flow,
                        words(change, change.before() == null ? change.after() : change.before()),
                        change.before() == null ? Styles.HISTORY_PLAIN : Styles.HISTORY_REMOVED);
            } else if (isNew) {
                add(flow, words(change, change.after()), Styles.HISTORY_PLAIN);
            } else {
                addDifference(flow, change);
            }
        }
        return flow;
    }

    private void addDifference(TextFlow flow, FieldChange change) {
        if (FieldText.isText(change.field())
                && change.before() instanceof String before
                && change.after() instanceof String after
                && !before.isBlank()
                && !after.isBlank()) {
            WordDiff diff = WordDiff.of(before, after);
            add(flow, diff.one(), Styles.HISTORY_REMOVED);
            add(flow, ARROW, Styles.IN_COMMON);
            add(flow, diff.other(), Styles.DIFFERS);
            return;
        }
        String old = change.isKnown() ? words(change, change.before()) : Messages.text(Keys.HISTORY_UNKNOWN);
        add(flow, old, change.isKnown() ? Styles.HISTORY_REMOVED : Styles.IN_COMMON);
        add(flow, ARROW, Styles.IN_COMMON);
        add(flow, words(change, change.after()), Styles.HISTORY_PLAIN);
    }

    private String words(FieldChange change, @Nullable Object value) {
        return FieldText.words(change.field(), value, names::list, model.now().toLocalDate());
    }

    private static void add(TextFlow flow, List<WordDiff.Piece> pieces, String differs) {
        pieces.forEach(piece -> add(flow, piece.text(), piece.differs() ? differs : Styles.IN_COMMON));
    }

    private static void add(TextFlow flow, String words, String style) {
        for (Text text : RtlWrapWorkaround.texts(words)) {
            text.getStyleClass().add(style);
            flow.getChildren().add(text);
        }
    }
}
