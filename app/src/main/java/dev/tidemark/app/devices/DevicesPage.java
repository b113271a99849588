package dev.tidemark.app.devices;

import dev.tidemark.app.devices.DevicesViewModel.Overview;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows a card for each device of the library. */
public final class DevicesPage extends BorderPane {
    private final DevicesViewModel model;
    private final Runnable setUp;
    private final VBox cards = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);

    /**
     * @param activity shows the activity
     * @param setUp opens the sync settings
     */
    public DevicesPage(DevicesViewModel model, Runnable activity, Runnable setUp) {
        this.model = model;
        this.setUp = setUp;
        setId("devices");
        getStyleClass().add(Styles.HISTORY_PAGE);
        Label title = Controls.styled(new Label(Messages.text(Keys.DEVICES_TITLE)), Styles.LIST_TITLE);
        Button other =
                Controls.flatButton("devices-activity", Icons.SYNC, Messages.text(Keys.ACTIVITY_TITLE), activity);
        HBox header = Controls.styled(new HBox(title, Controls.spacer(), other), Styles.LIST_HEADER);
        Label hint = Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.DEVICES_HINT)), Styles.CAPTION));
        VBox content = Controls.styled(new VBox(hint, cards), Styles.CONFLICTS_CONTENT);
        ScrollPane scroll = Controls.scrolling("devices-scroll", Messages.text(Keys.DEVICES_TITLE), content);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        setCenter(new VBox(header, scroll));
        model.overviewProperty().subscribe(this::show);
        model.retiringProperty().subscribe(() -> show(model.overviewProperty().get()));
    }

    private void show(@Nullable Overview overview) {
        if (overview == null) {
            return;
        }
        List<Node> shown = new ArrayList<>();
        shown.add(new DeviceCard(model, overview));
        for (Device device : overview.others()) {
            shown.add(new DeviceCard(model, overview, device));
        }
        if (!overview.isOn()) {
            Label off = Controls.wrapped(
                    new Label(Messages.text(Keys.DEVICES_OFF) + " " + Messages.text(Keys.SYNC_PANEL_OFF)));
            off.setId("devices-off");
            shown.add(off);
            shown.add(Controls.button("devices-set-up", Styles.PRIMARY, Messages.text(Keys.SYNC_PANEL_SET_UP), setUp));
        } else if (overview.others().isEmpty()) {
            Label alone = Controls.wrapped(new Label(Messages.text(Keys.DEVICES_ALONE)));
            alone.setId("devices-alone");
            shown.add(alone);
        }
        cards.getChildren().setAll(shown);
    }
}
