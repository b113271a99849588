package dev.tidemark.app.checkpoints;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Shows the list of checkpoints, or the library at one of them. */
public final class CheckpointsPage extends BorderPane {
    /** The maximum number of checkpoints on the page. The command line lists all checkpoints. */
    private static final int MAX_CARDS = 100;

    private final CheckpointsViewModel model;
    private final VBox cards = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private final Label empty = Controls.wrapped(new Label(Messages.text(Keys.CHECKPOINTS_EMPTY)));
    private final VBox overview;

    /** @param back shows the history */
    public CheckpointsPage(CheckpointsViewModel model, Runnable back) {
        this.model = model;
        setId("checkpoints");
        getStyleClass().add(Styles.HISTORY_PAGE);
        Label title = Controls.styled(new Label(Messages.text(Keys.CHECKPOINTS_TITLE)), Styles.LIST_TITLE);
        Button history =
                Controls.flatButton("checkpoints-history", Icons.BACK, Messages.text(Keys.SIDEBAR_HISTORY), back);
        HBox header = Controls.styled(new HBox(title, Controls.spacer(), history), Styles.LIST_HEADER);
        empty.setId("checkpoints-empty");
        Label hint = Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.CHECKPOINTS_HINT)), Styles.CAPTION));
        VBox content = Controls.styled(new VBox(hint, createForm(), cards, empty), Styles.CONFLICTS_CONTENT);
        ScrollPane scroll = Controls.scrolling("checkpoints-scroll", Messages.text(Keys.CHECKPOINTS_TITLE), content);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        overview = new VBox(header, scroll);
        setCenter(overview);
        model.allProperty().subscribe(this::show);
        model.openingProperty().subscribe(() -> show(model.allProperty().get()));
        model.contentsProperty()
                .subscribe(contents -> setCenter(contents == null ? overview : new CheckpointPane(model, contents)));
    }

    private HBox createForm() {
        TextField name = Controls.field(
                new TextField(),
                "checkpoint-name",
                Messages.text(Keys.CHECKPOINTS_NAME),
                Styles.FIELD,
                Styles.OUTLINED);
        HBox.setHgrow(name, Priority.ALWAYS);
        Button make = Controls.button(
                "checkpoint-make", Styles.PRIMARY, Messages.text(Keys.CHECKPOINTS_MAKE), () -> create(name));
        make.disableProperty().bind(name.textProperty().map(String::isBlank));
        name.setOnAction(event -> create(name));
        HBox row = new HBox(8, name, make);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void create(TextField name) {
        if (!name.getText().isBlank()) {
            model.create(name.getText());
            name.clear();
        }
    }

    private void show(List<Checkpoint> all) {
        List<String> devices = model.deviceNames();
        cards.getChildren()
                .setAll(all.stream()
                        .limit(MAX_CARDS)
                        .map(each -> new CheckpointCard(model, each, devices))
                        .toList());
        Controls.show(empty, all.isEmpty());
    }
}
