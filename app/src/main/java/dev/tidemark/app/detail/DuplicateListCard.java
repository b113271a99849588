package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.DuplicateLists.OneList;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Lists of one name that different devices created, with a button to join them. */
final class DuplicateListCard extends HBox {
    private static final double BUTTON_ABOVE = 6;

    DuplicateListCard(DuplicateListEntry entry, ConflictsViewModel model) {
        setId("duplicate-list");
        getStyleClass().add(Styles.CONFLICT_NOTICE);
        List<OneList> all = new ArrayList<>(List.of(entry.lists().oldest()));
        all.addAll(entry.lists().others());
        Label reason = Controls.wrapped(
                new Label(Messages.text(Keys.DUPLICATE_LIST_REASON, all.size(), String.join(", ", entry.devices()))));
        reason.setId("duplicate-list-reason");
        String counts = all.stream()
                .map(list -> Messages.text(Keys.DUPLICATE_LIST_ITEMS, list.items()))
                .collect(Collectors.joining(" · "));
        Label items = Controls.wrapped(Controls.styled(new Label(counts), Styles.CONFLICT_VALUE));
        Button join = Controls.flatButton(
                "duplicate-list-join",
                Icons.CONFLICT,
                Messages.text(Keys.DUPLICATE_LIST_JOIN),
                () -> model.join(entry));
        VBox.setMargin(join, new Insets(UiScale.scaled(BUTTON_ABOVE), 0, 0, 0));
        VBox text = new VBox(4, reason, items, join);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().setAll(Controls.icon(Icons.CONFLICT), text);
    }
}
