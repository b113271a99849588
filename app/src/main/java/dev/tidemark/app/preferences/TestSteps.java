package dev.tidemark.app.preferences;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.storage.StorageProbe;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows the steps and the result of a connection test. */
final class TestSteps extends VBox {
    private final PreferencesViewModel model;
    private final FlowPane steps = new FlowPane(12, 4);
    private final Label outcome = Fields.hintLabel("settings-sync-outcome");
    private final Label warning = Fields.hintLabel("settings-sync-warning", Styles.CAUTION);
    private final Button region;

    TestSteps(PreferencesViewModel model) {
        this.model = model;
        getStyleClass().add(Styles.TEST_STEPS);
        region = Controls.button("settings-sync-region", Styles.PLAIN, "", () -> {});
        getChildren().setAll(steps, outcome, warning, region);
        model.test().steps().addListener((ListChangeListener<StorageProbe.StepResult>) change -> show());
        model.test().runningProperty().subscribe(running -> show());
        model.test().reportProperty().subscribe(report -> show());
        model.test().problemProperty().subscribe(text -> show());
    }

    private void show() {
        ConnectionTest test = model.test();
        boolean running = test.runningProperty().get();
        StorageProbe.Report report = test.reportProperty().get();
        String problem = test.problemProperty().get();
        steps.getChildren()
                .setAll(test.steps().stream()
                        .filter(TestSteps::isShown)
                        .map(TestSteps::label)
                        .toList());
        Controls.show(this, running || report != null || problem != null);
        if (problem != null) {
            outcome.setText(problem);
        } else {
            outcome.setText(report == null ? Messages.text(Keys.SETTINGS_SYNC_TEST_RUNNING) : sentence(report));
        }
        Controls.toggleStyle(outcome, Styles.PROBLEM, problem != null || (report != null && !report.isUsable()));
        Controls.toggleStyle(outcome, Styles.GOOD, report != null && report.isUsable());
        StorageException warned = report == null ? null : report.warning();
        Controls.show(warning, warned != null);
        warning.setText(warned == null ? "" : ErrorMessages.of(warned));
        String suggested = report == null ? null : report.suggestion().orElse(null);
        Controls.show(region, suggested != null);
        if (suggested != null) {
            region.setText(Messages.text(Keys.SETTINGS_SYNC_TEST_REGION, suggested));
            region.setAccessibleText(region.getText());
            region.setOnAction(event -> model.useRegion(suggested));
        }
    }

    private static String sentence(StorageProbe.Report report) {
        if (report.isUsable()) {
            long millis = report.steps().stream()
                    .mapToLong(step -> step.took().toMillis())
                    .sum();
            boolean limited = report.steps().stream().anyMatch(step -> step.outcome() == StorageProbe.Outcome.LIMITED);
            return Messages.text(
                    limited ? Keys.SETTINGS_SYNC_TEST_LIMITED : Keys.SETTINGS_SYNC_TEST_GOOD, Math.max(1, millis));
        }
        return report.failure()
                .map(StorageProbe.StepResult::error)
                .map(ErrorMessages::of)
                .orElse("");
    }

    /** Opening succeeds before the server of a bucket has answered, so the first step that shows success is the list. */
    private static boolean isShown(StorageProbe.StepResult step) {
        return step.outcome() != StorageProbe.Outcome.SKIPPED
                && (step.step() != StorageProbe.Step.OPEN || step.outcome() == StorageProbe.Outcome.FAILED);
    }

    private static Label label(StorageProbe.StepResult step) {
        String name = Messages.text(
                switch (step.step()) {
                    case OPEN -> Keys.SETTINGS_SYNC_STEP_OPEN;
                    case LIST -> Keys.SETTINGS_SYNC_STEP_LIST;
                    case WRITE -> Keys.SETTINGS_SYNC_STEP_WRITE;
                    case READ -> Keys.SETTINGS_SYNC_STEP_READ;
                    case LIST_AFTER_WRITE -> Keys.SETTINGS_SYNC_STEP_LIST_AGAIN;
                    case OVERWRITE -> Keys.SETTINGS_SYNC_STEP_REPLACE;
                    case DELETE -> Keys.SETTINGS_SYNC_STEP_DELETE;
                });
        boolean failed = step.outcome() == StorageProbe.Outcome.FAILED;
        Label label = new Label(name, Controls.icon(failed ? Icons.PROBLEM : Icons.DONE));
        label.getStyleClass().addAll(Styles.TEST_STEP, failed ? Styles.PROBLEM : Styles.GOOD);
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.setAccessibleText(
                Messages.text(failed ? Keys.SETTINGS_SYNC_STEP_FAILED : Keys.SETTINGS_SYNC_STEP_WORKS, name));
        return label;
    }
}
