package dev.tidemark.app.history;

import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.WritingDirection;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the version of an item after the selected entry of its history, with a slider through all versions. */
final class VersionPane extends VBox {
    /** The maximum length of the shown text, in characters. JavaFX would take seconds to lay out a longer text. */
    private static final int MAX_LENGTH = 20_000;

    private final HistoryViewModel model;
    private final HistoryPage.Names names;
    private final Slider slider = new Slider();
    private final Label position = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final Label title = Controls.wrapped(Controls.styled(new Label(), Styles.HISTORY_VERSION));
    private final Label fields = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final Label body = Controls.wrapped(new Label());
    private final Button restore;
    private List<HistoryEntry> entries = List.of();
    private @Nullable UUID item;
    private @Nullable HistoryEntry shown;
    private Consumer<HistoryEntry> selected = entry -> {};

    VersionPane(HistoryViewModel model, HistoryPage.Names names) {
        this.model = model;
        this.names = names;
        setId("history-version");
        getStyleClass().add(Styles.HISTORY_VERSIONS);
        slider.setId("history-slider");
        slider.setBlockIncrement(1);
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setAccessibleText(Messages.text(Keys.HISTORY_SLIDER));
        slider.valueProperty().subscribe(value -> {
            int index = entries.size() - 1 - (int) Math.round(value.doubleValue());
            if (index >= 0 && index < entries.size() && !entries.get(index).equals(shown)) {
                select(entries.get(index));
                selected.accept(entries.get(index));
            }
        });
        restore = Controls.flatButton(
                "history-restore", Icons.RESTORE, Messages.text(Keys.HISTORY_RESTORE), this::restore);
        ScrollPane text = Controls.scrolling("history-text", Messages.text(Keys.CONFLICT_FIELD_BODY), body);
        VBox.setVgrow(text, Priority.ALWAYS);
        getChildren().setAll(slider, position, restore, title, fields, text);
    }

    /** @param chosen receives the entry that the user selects with the slider */
    void onSelect(Consumer<HistoryEntry> chosen) {
        selected = chosen;
    }

    /** Shows the versions of an item. The selected version stays selected if it is among the new entries. */
    void show(UUID id, List<HistoryEntry> all) {
        item = id;
        entries = List.copyOf(all);
        HistoryEntry kept =
                shown != null && entries.contains(shown) ? shown : entries.isEmpty() ? null : entries.getFirst();
        slider.setDisable(entries.size() < 2);
        slider.setMax(Math.max(1, entries.size() - 1));
        if (kept != null) {
            select(kept);
        }
    }

    void select(HistoryEntry entry) {
        int index = entries.indexOf(entry);
        UUID id = item;
        if (index < 0 || id == null) {
            return;
        }
        shown = entry;
        slider.setValue(entries.size() - 1.0 - index);
        ZonedDateTime now = model.now();
        position.setText(Messages.text(
                Keys.HISTORY_VERSION_OF,
                entries.size() - index,
                entries.size(),
                entry.isHere() ? Messages.text(Keys.HISTORY_HERE) : entry.device(),
                RelativeTimeFormat.of(entry.at(), now.toInstant(), now.getZone())));
        model.read(entry, id, values -> {
            if (entry.equals(shown)) {
                show(values);
            }
        });
    }

    private void show(Optional<Map<String, @Nullable Object>> values) {
        restore.setDisable(values.isEmpty());
        Map<String, @Nullable Object> known = values.orElse(Map.of());
        String name = known.get("title") instanceof String text ? text : "";
        title.setText(
                values.isEmpty()
                        ? Messages.text(Keys.HISTORY_ABSENT)
                        : name.isBlank() ? Messages.text(Keys.LIST_UNTITLED) : name);
        WritingDirection.apply(title, title.getText());
        fields.setText(Stream.of("due", "reminder", "priority", "list_id", "done", "trashed")
                .filter(column -> known.get(column) != null && !Long.valueOf(0).equals(known.get(column)))
                .map(column -> Messages.text(
                        Keys.HISTORY_FIELD,
                        Messages.text(FieldText.key(column)),
                        FieldText.words(
                                column,
                                known.get(column),
                                names::list,
                                model.now().toLocalDate())))
                .collect(Collectors.joining(" · ")));
        Controls.show(fields, !fields.getText().isEmpty());
        String text = known.get("body") instanceof String whole ? whole.strip() : "";
        body.setText(text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…");
        WritingDirection.apply(body, body.getText());
    }

    private void restore() {
        UUID id = item;
        HistoryEntry entry = shown;
        if (id != null && entry != null) {
            model.restore(entry, id);
        }
    }
}
