package dev.tidemark.app.activity;

import dev.tidemark.app.activity.ActivityViewModel.Activity;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.sync.SyncAction;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.engine.sync.SyncActivity.Run;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the sync activity: the current problem with its actions, the changes of the last days, and the syncs. */
public final class ActivityPage extends BorderPane {
    private final ActivityViewModel model;
    private final SyncViewModel sync;
    private final Runnable conflicts;
    private final VBox issue = Controls.styled(new VBox(8), Styles.CHECKPOINT_CARD);
    private final VBox chart = new VBox();
    private final VBox runs = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private @Nullable String shownIssue;

    /**
     * @param devices shows the devices
     * @param conflicts shows the conflicts and the hidden entries
     */
    public ActivityPage(ActivityViewModel model, SyncViewModel sync, Runnable devices, Runnable conflicts) {
        this.model = model;
        this.sync = sync;
        this.conflicts = conflicts;
        setId("activity");
        getStyleClass().add(Styles.HISTORY_PAGE);
        Label title = Controls.styled(new Label(Messages.text(Keys.ACTIVITY_TITLE)), Styles.LIST_TITLE);
        Button other =
                Controls.flatButton("activity-devices", Icons.GENERAL, Messages.text(Keys.DEVICES_TITLE), devices);
        HBox header = Controls.styled(new HBox(title, Controls.spacer(), other), Styles.LIST_HEADER);
        issue.setId("activity-issue");
        Label hint = Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.ACTIVITY_HINT)), Styles.CAPTION));
        VBox content = Controls.styled(new VBox(hint, issue, chart, runs), Styles.CONFLICTS_CONTENT);
        ScrollPane scroll = Controls.scrolling("activity-scroll", Messages.text(Keys.ACTIVITY_TITLE), content);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        setCenter(new VBox(header, scroll));
        model.activityProperty().subscribe(this::show);
        sync.stateProperty().subscribe(this::showIssue);
        sync.warningsProperty().subscribe(this::showIssue);
        showIssue();
    }

    /**
     * Replaces the buttons only if they differ, because the state is set every few seconds, even while a button is
     * pressed.
     */
    private void showIssue() {
        String problem = sync.issueText();
        List<SyncAction> actions = sync.actions();
        String wanted = problem + actions.stream().map(SyncAction::text).toList();
        if (wanted.equals(shownIssue)) {
            return;
        }
        shownIssue = wanted;
        Controls.show(issue, problem != null);
        issue.getChildren().clear();
        if (problem != null) {
            FlowPane buttons = new FlowPane(8, 8);
            for (SyncAction action : actions) {
                String style = buttons.getChildren().isEmpty() ? Styles.PRIMARY : Styles.PLAIN;
                buttons.getChildren()
                        .add(Controls.button("activity-" + action.id(), style, action.text(), action.action()));
            }
            issue.getChildren().setAll(Controls.wrapped(new Label(problem)), buttons);
            Controls.show(buttons, !actions.isEmpty());
        }
    }

    private void show(@Nullable Activity activity) {
        if (activity == null) {
            return;
        }
        chart.getChildren().setAll(new DayChart(activity.days()));
        List<Node> shown = new ArrayList<>();
        for (Run run : activity.runs()) {
            shown.add(card(run));
        }
        if (shown.isEmpty()) {
            Label empty = Controls.wrapped(new Label(Messages.text(Keys.ACTIVITY_EMPTY)));
            empty.setId("activity-empty");
            shown.add(empty);
        } else if (shown.size() == ActivityViewModel.SHOWN_RUNS) {
            shown.add(Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.ACTIVITY_MORE)), Styles.CAPTION)));
        }
        runs.getChildren().setAll(shown);
    }

    private Node card(Run run) {
        ZonedDateTime now = model.now();
        VBox card = Controls.styled(new VBox(), Styles.CHECKPOINT_CARD);
        card.getChildren()
                .add(Controls.styled(
                        new Label(RelativeTimeFormat.of(run.ended(), now.toInstant(), now.getZone())), Styles.CAPTION));
        List<String> parts = RunText.parts(run);
        if (!parts.isEmpty()) {
            card.getChildren().add(Controls.wrapped(new Label(String.join(" · ", parts))));
        }
        String problem = RunText.problem(run);
        if (problem != null) {
            card.getChildren().add(Controls.wrapped(new Label(problem)));
        }
        if (run.counts().conflicts() + run.counts().hidden() > 0) {
            card.getChildren()
                    .add(Controls.styled(
                            new FlowPane(Controls.flatButton(
                                    "activity-conflicts",
                                    Icons.CONFLICT,
                                    Messages.text(Keys.ACTIVITY_DECIDE),
                                    conflicts)),
                            Styles.CHECKPOINT_ACTIONS));
        }
        return card;
    }
}
