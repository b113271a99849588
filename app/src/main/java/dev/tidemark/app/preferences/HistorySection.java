package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SegmentedControl;
import dev.tidemark.app.retention.SizesViewModel;
import dev.tidemark.app.settings.HistoryRetention;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.resources.Keys;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Shows how long the library retains its history, what the checkpoints retain longer, and the sizes of the library. */
final class HistorySection extends VBox {
    private final VBox lines = new VBox(4);

    HistorySection(PreferencesViewModel model, SizesViewModel sizes) {
        setId("retention");
        SegmentedControl<HistoryRetention> bar = Fields.choice(
                "history-retention",
                Keys.SETTINGS_HISTORY,
                HistoryRetention.values(),
                wanted -> model.choose(Setting.HISTORY_RETENTION, wanted),
                Keys.SETTINGS_HISTORY_MONTH,
                Keys.SETTINGS_HISTORY_YEAR,
                Keys.SETTINGS_HISTORY_FOREVER);
        HistoryRetention[] shown = {model.settingsProperty().get().get(Setting.HISTORY_RETENTION)};
        model.settingsProperty().subscribe(settings -> {
            HistoryRetention now = settings.get(Setting.HISTORY_RETENTION);
            bar.select(now);
            if (now != shown[0]) {
                shown[0] = now;
                sizes.refresh();
            }
        });
        SettingsRow retention = new SettingsRow(Keys.SETTINGS_HISTORY, Keys.SETTINGS_HISTORY_HINT, bar);
        Label kept = Fields.hintLabel("history-kept");
        sizes.retainedProperty().subscribe(sentence -> {
            kept.setText(sentence == null ? "" : sentence);
            Controls.show(kept, sentence != null);
        });
        lines.setId("sizes");
        getChildren().setAll(Fields.group(retention, kept, lines));
        sizes.linesProperty().subscribe(this::show);
    }

    private void show(List<String> sentences) {
        lines.getChildren().clear();
        for (int index = 0; index < sentences.size(); index++) {
            Label line = Fields.hintLabel("sizes-line-" + index);
            line.setText(sentences.get(index));
            lines.getChildren().add(line);
        }
    }
}
