package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.repair.RepairViewModel;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Checks the library, shows the result and what a repair would do, and repairs the library if the user asks for it. */
final class RepairSection extends VBox {
    private final VBox report = new VBox(4);

    RepairSection(RepairViewModel model) {
        setId("check");
        Button check = Fields.plain("check-start", Keys.SETTINGS_CHECK_START, model::check);
        check.disableProperty().bind(model.runningProperty());
        SettingsRow now = new SettingsRow(Keys.SETTINGS_CHECK, Keys.SETTINGS_CHECK_HINT, check);
        Button start = Fields.plain("check-repair", Keys.SETTINGS_CHECK_REPAIR_START, model::repair);
        start.disableProperty().bind(model.runningProperty());
        SettingsRow repair = new SettingsRow(Keys.SETTINGS_CHECK_REPAIR, Keys.SETTINGS_CHECK_REPAIR_HINT, start);
        Button keep = Fields.plain("check-adopt", Keys.SETTINGS_CHECK_ADOPT_START, model::adopt);
        keep.disableProperty().bind(model.runningProperty());
        SettingsRow adopt = new SettingsRow(Keys.SETTINGS_CHECK_ADOPT, Keys.SETTINGS_CHECK_ADOPT_HINT, keep);
        Button recover = Fields.plain("check-recover", Keys.SETTINGS_CHECK_RECOVER_START, model::recover);
        SettingsRow rebuild = new SettingsRow(Keys.SETTINGS_CHECK_RECOVER, Keys.SETTINGS_CHECK_RECOVER_HINT, recover);
        Label last = Fields.hintLabel("check-last");
        Label progress = Fields.hintLabel("check-progress");
        report.setId("check-report");
        VBox group = Fields.group(now, last, progress, report, repair, adopt, rebuild);
        getChildren().setAll(group);
        progress.textProperty()
                .bind(model.progressProperty()
                        .map(share -> Messages.text(Keys.SETTINGS_CHECK_RUNNING, share.doubleValue())));
        model.runningProperty().subscribe(running -> Controls.show(progress, running));
        model.repairableProperty().subscribe(repairable -> Controls.show(repair, repairable));
        model.adoptableProperty().subscribe(adoptable -> Controls.show(adopt, adoptable));
        model.damagedProperty().subscribe(damaged -> Controls.show(rebuild, damaged));
        model.lastProperty().subscribe(text -> {
            last.setText(text == null ? "" : text);
            Controls.show(last, text != null);
        });
        model.problemProperty().subscribe(problem -> now.mark(problem, true));
        model.sentencesProperty().subscribe(this::show);
    }

    private void show(List<String> sentences) {
        Controls.show(report, !sentences.isEmpty());
        report.getChildren().clear();
        for (int index = 0; index < sentences.size(); index++) {
            Label line = Fields.hintLabel("check-line-" + index);
            line.setText(sentences.get(index));
            report.getChildren().add(line);
        }
    }
}
