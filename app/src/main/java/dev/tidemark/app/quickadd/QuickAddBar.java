package dev.tidemark.app.quickadd;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.parser.QuickAdd;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/**
 * Lets the user type a new item. Chips below the field show the recognised parts of the line. When the user presses a
 * chip, its part stays in the title. For the JavaFX thread.
 */
public final class QuickAddBar extends VBox {
    public static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final QuickAddTarget target;
    private final TextField field = Controls.styled(new TextField(), Styles.FIELD);
    private final FlowPane chips = Controls.styled(new FlowPane(), Styles.QUICK_ADD_CHIPS);
    private final Set<String> literal = new HashSet<>();

    /** @param left called when the user presses Escape */
    public QuickAddBar(QuickAddTarget target, Runnable left) {
        this.target = target;
        getStyleClass().add(Styles.QUICK_ADD);
        field.setId("quick-add");
        field.setOnAction(event -> submit());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                left.run();
            }
        });
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::pasteIntoField);
        field.textProperty().subscribe(this::typed);
        chips.setId("quick-add-chips");
        getChildren().setAll(Controls.withIcon(field, Icons.ADD), chips);
    }

    public void prompt(String text) {
        field.setPromptText(text);
        Controls.name(field, text);
    }

    @Override
    public void requestFocus() {
        field.requestFocus();
    }

    /** Adds several pasted lines as items if the field is empty. The field itself would join the lines. */
    private void pasteIntoField(KeyEvent event) {
        if (PASTE.match(event)
                && field.getText().isEmpty()
                && PastedLines.titles(copied()).size() > 1) {
            pasteLines();
            event.consume();
        }
    }

    /** Adds the lines of the clipboard as items, if the view accepts items. */
    public void pasteLines() {
        if (isVisible()) {
            target.addLines(copied());
        }
    }

    private static String copied() {
        String text = Clipboard.getSystemClipboard().getString();
        return text == null ? "" : text;
    }

    /**
     * Adds the line as an item and clears the field. If the write fails and the field is still empty, puts the line
     * back.
     */
    public void submit() {
        String line = field.getText();
        Set<String> literals = Set.copyOf(literal);
        target.add(target.lines().parse(line, literals), () -> {
            boolean isFree = field.getText().isEmpty();
            if (isFree) {
                type(line);
                literal.addAll(literals);
                refresh();
            }
            return isFree;
        });
        field.clear();
    }

    public String line() {
        return field.getText();
    }

    public void type(String line) {
        field.setText(line);
        field.end();
    }

    /** Parses the line again. Call this method when the user's lists changed. */
    public void refresh() {
        typed(field.getText());
    }

    /** Whether the line has recognised parts. */
    public ReadOnlyBooleanProperty parsedProperty() {
        return chips.visibleProperty();
    }

    private void typed(String text) {
        if (text.isEmpty()) {
            literal.clear();
        }
        QuickAdd parsed = target.lines().parse(text, literal);
        chips.getChildren()
                .setAll(parsed.parts().stream().map(part -> chip(part, parsed)).toList());
        Controls.show(chips, !chips.getChildren().isEmpty());
    }

    private Button chip(QuickAdd.Part part, QuickAdd parsed) {
        String text = SingleLineText.abbreviate(text(part, parsed));
        Button chip = Controls.flatButton(
                "understood-" + part.kind().name().toLowerCase(Locale.ROOT), icon(part.kind()), text, () -> {
                    literal.add(part.text());
                    typed(field.getText());
                    field.requestFocus();
                    field.end();
                });
        chip.getStyleClass().setAll(Styles.UNDERSTOOD);
        Controls.name(chip, Messages.text(Keys.QUICK_ADD_REFUSE, text, part.text()));
        return chip;
    }

    private String text(QuickAdd.Part part, QuickAdd parsed) {
        Due due = parsed.due();
        return switch (part.kind()) {
            case DATE ->
                due == null
                        ? part.text()
                        : DueFormat.full(due.untimed(), target.lines().today());
            case TIME -> due == null ? part.text() : DueFormat.time(due.time());
            case REPEAT -> due == null || due.repeat() == null ? part.text() : RepeatFormat.of(due.repeat());
            case PRIORITY -> Messages.text(PriorityFormat.key(parsed.priority()));
            // The icon of the chip replaces the # sign.
            case TAG -> part.text().replaceFirst("^#", "");
            case LIST -> listText(String.valueOf(parsed.list()));
        };
    }

    private String listText(String name) {
        return target.lines().hasList(name) ? name : Messages.text(Keys.QUICK_ADD_NEW_LIST, name);
    }

    private static String icon(QuickAdd.PartKind kind) {
        return switch (kind) {
            case DATE -> Icons.DUE;
            case TIME -> Icons.TIME;
            case REPEAT -> Icons.REPEAT;
            case PRIORITY -> Icons.PRIORITY;
            case TAG -> Icons.TAG;
            case LIST -> Icons.LIST;
        };
    }
}
