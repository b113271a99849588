package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/**
 * Two buttons that resolve several conflicts at once, with the current or the other versions. The first press asks, and
 * names the number.
 */
final class ResolveAllBar extends FlowPane {
    private static final double GAP = 8;

    private final ConflictsViewModel model;
    private List<LosingVersion> losing = List.of();

    /** @param id the id of the bar, which begins the ids of its buttons */
    ResolveAllBar(String id, ConflictsViewModel model) {
        super(GAP, GAP);
        this.model = model;
        setId(id);
        getStyleClass().add(Styles.RESOLVE_ALL);
        // Otherwise the question, as wide as this row, would keep the row from becoming narrower.
        setMinWidth(0);
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && getChildren().getFirst() instanceof Label) {
                offer();
                getChildren().getFirst().requestFocus();
                event.consume();
            }
        });
        show(losing);
    }

    /** Offers to resolve these conflicts. One conflict needs no bar. */
    void show(List<LosingVersion> conflicts) {
        if (!conflicts.equals(losing) || getChildren().isEmpty()) {
            losing = List.copyOf(conflicts);
            offer();
        }
        Controls.show(this, losing.size() > 1);
    }

    private void offer() {
        getChildren()
                .setAll(
                        Controls.flatButton(
                                getId() + "-keep",
                                Icons.DONE,
                                Messages.text(Keys.CONFLICT_ALL_KEEP, losing.size()),
                                () -> confirm(true)),
                        Controls.flatButton(
                                getId() + "-use",
                                Icons.RESTORE,
                                Messages.text(Keys.CONFLICT_ALL_USE, losing.size()),
                                () -> confirm(false)));
    }

    private void confirm(boolean keep) {
        Label question = Controls.wrapped(new Label(
                Messages.text(keep ? Keys.CONFLICT_ALL_KEEP_SURE : Keys.CONFLICT_ALL_USE_SURE, losing.size())));
        question.setId(getId() + "-question");
        question.maxWidthProperty().bind(widthProperty());
        List<LosingVersion> asked = losing;
        Button confirm = Controls.button(
                getId() + "-confirm",
                Styles.PRIMARY,
                Messages.text(Keys.CONFLICT_ALL_CONFIRM, asked.size()),
                () -> model.resolveAll(asked, keep));
        confirm.setAccessibleText(question.getText() + " " + confirm.getText());
        Button cancel = Controls.button(
                getId() + "-cancel", Styles.QUIET_BUTTON, Messages.text(Keys.CONFLICT_MERGE_CANCEL), () -> {
                    offer();
                    getChildren().getFirst().requestFocus();
                });
        getChildren().setAll(question, confirm, cancel);
        confirm.requestFocus();
    }
}
