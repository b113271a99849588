package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/** Shows the tags of an item with buttons to remove them, and a field with completion to add one. */
final class TagRow extends FlowPane {
    private static final double GAP = 4;
    private static final int MAX_SUGGESTIONS = 6;
    private static final int COLUMNS = 9;

    /** The average width of a letter in columns of a text field. JavaFX makes a column as wide as a W. */
    private static final double LETTER = 0.65;

    private static final double MAX_WIDTH = 200;

    private final DetailViewModel model;
    private final TextField field = new TextField();
    private final ContextMenu suggestions = Menus.menu("detail-tag-suggestions");
    private List<String> known = List.of();
    private List<String> shown = List.of();

    TagRow(DetailViewModel model) {
        super(GAP, GAP);
        this.model = model;
        setId("detail-tags");
        getStyleClass().add(Styles.TAG_ROW);
        Controls.field(field, "detail-tag-add", Messages.text(Keys.TAGS_ADD), Styles.TAG_FIELD);
        field.setPrefColumnCount(
                Math.max(COLUMNS, (int) (Messages.text(Keys.TAGS_ADD).length() * LETTER)));
        field.setOnAction(event -> add(field.getText()));
        field.textProperty().subscribe(text -> suggest());
        field.focusedProperty().subscribe((before, now) -> focusChanged(now));
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                event.consume();
            }
        });
        getChildren().setAll(field);
    }

    private void focusChanged(boolean focused) {
        if (focused) {
            model.lookUpTags(names -> known = names);
        } else {
            suggestions.hide();
            add(field.getText());
        }
    }

    void show(List<String> tags) {
        if (tags.equals(shown)) {
            return;
        }
        shown = List.copyOf(tags);
        // Does not remove the field, because the user may be typing in it.
        getChildren().removeIf(node -> !node.equals(field));
        getChildren().addAll(0, tags.stream().map(this::chip).toList());
    }

    private HBox chip(String tag) {
        Label name = new Label(SingleLineText.abbreviate(tag), Controls.icon(Icons.TAG));
        name.setMaxWidth(UiScale.scaled(MAX_WIDTH));
        Button remove = Controls.iconButton(
                "detail-tag-remove",
                Icons.CLOSE,
                Messages.text(Keys.TAGS_REMOVE, SingleLineText.abbreviate(tag)),
                () -> {
                    field.requestFocus();
                    model.untag(tag);
                });
        remove.getStyleClass().add(Styles.SMALL);
        return Controls.styled(new HBox(name, remove), Styles.TAG_CHIP);
    }

    private void add(String typed) {
        String name = typed.strip();
        field.clear();
        if (!name.isEmpty() && !name.matches("#+")) {
            model.tag(name);
        }
    }

    /**
     * Suggests tags that contain the input. Tags that begin with it come first. Otherwise, the tags are in the order of
     * use, the most used first.
     */
    private void suggest() {
        String typed = field.getText().strip().toLowerCase(Locale.ROOT);
        if (typed.isEmpty()) {
            suggestions.hide();
            return;
        }
        List<String> wanted = known.stream()
                .filter(tag -> !shown.contains(tag))
                .filter(tag -> tag.toLowerCase(Locale.ROOT).contains(typed))
                .sorted(Comparator.comparing(
                        tag -> !tag.toLowerCase(Locale.ROOT).startsWith(typed)))
                .toList();
        suggestions
                .getItems()
                .setAll(wanted.stream()
                        .limit(MAX_SUGGESTIONS)
                        .map(this::suggest)
                        .toList());
        if (wanted.isEmpty() || !field.isFocused()) {
            suggestions.hide();
        } else if (!suggestions.isShowing()) {
            Menus.showBelow(field, suggestions);
        }
    }

    private MenuItem suggest(String tag) {
        return Menus.item(
                "detail-tag-suggestion", SingleLineText.abbreviate(tag), Controls.icon(Icons.TAG), () -> add(tag));
    }
}
