package dev.tidemark.app.devices;

import dev.tidemark.app.devices.DevicesViewModel.Overview;
import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Shows a device: name, system, version and sync state, with a button that renames or retires it. */
final class DeviceCard extends VBox {
    /** From this number of days on, the time since the device was last seen is shown in days. */
    private static final long DAYS = 2;

    private final DevicesViewModel model;
    private final Label name = Controls.styled(new Label(), Styles.CONFLICT_TITLE);

    /** Creates the card of this device. */
    DeviceCard(DevicesViewModel model, Overview overview) {
        this(model, overview.name());
        TextField field = Controls.field(
                new TextField(overview.name()),
                "device-name",
                Messages.text(Keys.DEVICES_NAME),
                Styles.FIELD,
                Styles.OUTLINED);
        Button pencil = Controls.iconButton(
                "device-rename", Icons.EDIT, Messages.text(Keys.SIDEBAR_RENAME), () -> edit(field, true));
        field.setOnAction(event -> {
            edit(field, false);
            if (!field.getText().isBlank()) {
                model.rename(field.getText().strip());
            }
        });
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                edit(field, false);
                event.consume();
            }
        });
        HBox head = new HBox(4, name, field, Controls.spacer(), pencil);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(head);
        edit(field, false);
        addCaption(Messages.text(Keys.DEVICES_THIS));
        if (overview.isOn()) {
            addLine(Messages.text(Keys.DEVICES_PENDING, overview.pending()));
        }
        if (overview.purges().items() > 0) {
            addLine(Messages.text(Keys.DEVICES_ERASING, overview.purges().items()));
        }
    }

    /** Creates the card of another device. */
    DeviceCard(DevicesViewModel model, Overview overview, Device device) {
        this(model, device.name());
        getChildren().setAll(name);
        String system = Stream.of(device.platform(), device.program())
                .filter(text -> !text.isEmpty())
                .map(SingleLineText::abbreviate)
                .collect(Collectors.joining(" · "));
        if (!system.isEmpty()) {
            addCaption(system);
        }
        if (device.status() == Device.Status.RETIRED) {
            addLine(Messages.text(Keys.DEVICES_RETIRED));
            return;
        }
        Instant seen = device.lastSeen();
        addLine(seen == null ? Messages.text(Keys.DEVICES_ABSENT) : lastSeen(device, seen));
        if (device.behind() > 0) {
            addCaption(Messages.text(
                    Keys.DEVICES_APPLIED, Math.max(0, overview.total() - device.behind()), overview.total()));
        }
        if (device.status() == Device.Status.QUIET) {
            addLine(Messages.text(Keys.DEVICES_QUIET));
        }
        Integer purged = overview.purges().waiting().get(device.name());
        if (purged != null) {
            addLine(Messages.text(Keys.DEVICES_PURGED, purged));
        }
        addRetirement(device);
    }

    private DeviceCard(DevicesViewModel model, String title) {
        this.model = model;
        getStyleClass().add(Styles.CHECKPOINT_CARD);
        name.setText(SingleLineText.abbreviate(title));
        name.setMinWidth(0);
    }

    private String lastSeen(Device device, Instant seen) {
        ZonedDateTime now = model.now();
        long days = ChronoUnit.DAYS.between(seen.atZone(now.getZone()).toLocalDate(), now.toLocalDate());
        return days >= DAYS
                ? Messages.text(Keys.DEVICES_SEEN_DAYS, device.behind(), days)
                : Messages.text(
                        Keys.DEVICES_SEEN,
                        device.behind(),
                        RelativeTimeFormat.of(seen, now.toInstant(), now.getZone()));
    }

    /** Adds the buttons for retiring a device. Retirement cannot be undone, so the card asks for confirmation. */
    private void addRetirement(Device device) {
        String shown = SingleLineText.abbreviate(device.name());
        if (!device.replica().equals(model.retiringProperty().get())) {
            getChildren()
                    .add(actions(Controls.flatButton(
                            "device-retire",
                            Icons.NONE,
                            Messages.text(Keys.SYNC_PANEL_RETIRE, shown),
                            () -> model.askToRetire(device.replica()))));
            return;
        }
        addLine(Messages.text(Keys.SYNC_PANEL_RETIRE_MEANS, shown));
        Button sure = Controls.button(
                "device-retire-sure",
                Styles.PRIMARY,
                Messages.text(Keys.SYNC_PANEL_RETIRE_SURE, shown),
                () -> model.retire(device.replica()));
        Button not = Controls.button(
                "device-retire-not",
                Styles.PLAIN,
                Messages.text(Keys.SYNC_PANEL_RETIRE_NOT),
                () -> model.askToRetire(null));
        getChildren().add(new FlowPane(8, 8, sure, not));
    }

    private static FlowPane actions(Button... buttons) {
        return Controls.styled(new FlowPane(4, 4, buttons), Styles.CHECKPOINT_ACTIONS);
    }

    private void edit(TextField field, boolean wanted) {
        Controls.show(name, !wanted);
        Controls.show(field, wanted);
        if (wanted) {
            field.setText(name.getText());
            field.requestFocus();
            field.selectAll();
        }
    }

    private void addCaption(String text) {
        getChildren().add(Controls.wrapped(Controls.styled(new Label(text), Styles.CAPTION)));
    }

    private void addLine(String text) {
        getChildren().add(Controls.wrapped(new Label(text)));
    }
}
