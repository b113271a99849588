package dev.tidemark.app.history;

import dev.tidemark.app.detail.FieldText;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.layout.FlowPane;

/** Shows a button with a menu for each filter of the history. */
final class HistoryFilterBar extends FlowPane {
    private static final int MONTHS = 12;
    private static final List<String> FIELDS = List.of(
            "title", "body", "due", "reminder", "priority", "list_id", "tags", "attachments", "done", "trashed");

    private final HistoryViewModel model;
    private final HistoryPage.Names names;

    private final MomentField moment;

    /** @param jumped runs when the field for a moment closes */
    HistoryFilterBar(HistoryViewModel model, HistoryPage.Names names, Runnable jumped) {
        this.model = model;
        this.names = names;
        moment = new MomentField(
                text -> HistoryMoment.end(text, model.now()),
                end -> model.setFilter(model.filterProperty().get().between(null, end)),
                jumped);
        getStyleClass().add(Styles.HISTORY_FILTERS);
        getChildren()
                .setAll(
                        filter("history-device", this::deviceName, this::deviceMenu),
                        filter("history-list", this::listName, this::listMenu),
                        filter("history-action", this::actionName, this::actionMenu),
                        filter("history-field", this::fieldName, this::fieldMenu),
                        filter("history-time", this::timeName, this::timeMenu),
                        Controls.iconButton(
                                "history-moment-open", Icons.TIME, Messages.text(Keys.HISTORY_MOMENT), this::jump),
                        moment);
    }

    /** Asks for a date and time to jump to. */
    void jump() {
        moment.open();
    }

    private Button filter(String id, Supplier<String> name, Supplier<List<MenuItem>> lines) {
        Button button = Controls.flatButton(id, Icons.OPENS_BELOW, "", () -> {});
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setMnemonicParsing(false);
        button.setOnAction(event -> {
            ContextMenu menu = Menus.menu(id + "-menu", lines.get().toArray(MenuItem[]::new));
            Menus.showBelow(button, menu);
        });
        model.filterProperty().subscribe(now -> {
            button.setText(name.get());
            button.setAccessibleText(name.get());
        });
        return button;
    }

    private RadioMenuItem line(String id, String text, boolean isSelected, HistoryFilter wanted) {
        RadioMenuItem item = Menus.prepared(new RadioMenuItem(text), id, () -> model.setFilter(wanted));
        item.setSelected(isSelected);
        return item;
    }

    private String deviceName() {
        Set<?> wanted = model.filterProperty().get().devices();
        return wanted.isEmpty()
                ? Messages.text(Keys.HISTORY_DEVICES)
                : model.devices().entrySet().stream()
                        .filter(device -> device.getValue().equals(wanted))
                        .map(device -> device.getKey())
                        .findFirst()
                        .orElse("");
    }

    private List<MenuItem> deviceMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line(
                "history-device-all",
                Messages.text(Keys.HISTORY_DEVICES),
                now.devices().isEmpty(),
                now.devices(Set.of())));
        model.devices()
                .forEach((name, ids) ->
                        lines.add(line("history-device-one", name, now.devices().equals(ids), now.devices(ids))));
        return lines;
    }

    private String listName() {
        UUID wanted = model.filterProperty().get().list();
        return wanted == null
                ? Messages.text(Keys.HISTORY_LISTS)
                : names.list(wanted).map(SingleLineText::abbreviate).orElse("");
    }

    private List<MenuItem> listMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line("history-list-all", Messages.text(Keys.HISTORY_LISTS), now.list() == null, now.list(null)));
        names.lists()
                .get()
                .forEach(each -> lines.add(line(
                        "history-list-one",
                        SingleLineText.abbreviate(each.name()),
                        each.id().equals(now.list()),
                        now.list(each.id()))));
        return lines;
    }

    private String actionName() {
        HistoryEntry.Action wanted = model.filterProperty().get().action();
        return wanted == null ? Messages.text(Keys.HISTORY_ACTIONS) : HistoryText.name(wanted);
    }

    private List<MenuItem> actionMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line(
                "history-action-all", Messages.text(Keys.HISTORY_ACTIONS), now.action() == null, now.action(null)));
        for (HistoryEntry.Action action : HistoryEntry.Action.values()) {
            lines.add(line(
                    "history-action-" + action.name().toLowerCase(Locale.ROOT),
                    HistoryText.name(action),
                    action == now.action(),
                    now.action(action)));
        }
        return lines;
    }

    private String fieldName() {
        String wanted = model.filterProperty().get().field();
        return wanted == null ? Messages.text(Keys.HISTORY_FIELDS) : Messages.text(FieldText.key(wanted));
    }

    private List<MenuItem> fieldMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line("history-field-all", Messages.text(Keys.HISTORY_FIELDS), now.field() == null, now.field(null)));
        for (String field : FIELDS) {
            lines.add(line(
                    "history-field-" + field,
                    Messages.text(FieldText.key(field)),
                    field.equals(now.field()),
                    now.field(field)));
        }
        return lines;
    }

    private String timeName() {
        Instant end = model.filterProperty().get().to();
        return end == null
                ? Messages.text(Keys.HISTORY_TIMES)
                : Messages.text(
                        Keys.HISTORY_UNTIL, timeName(end.atZone(model.now().getZone())));
    }

    /** A month that ends at this moment, otherwise the day or minute that does. */
    private String timeName(ZonedDateTime end) {
        boolean isMonth = end.getDayOfMonth() == 1 && end.toLocalTime().equals(LocalTime.MIDNIGHT);
        return isMonth
                ? month(YearMonth.from(end.minusSeconds(1)))
                : HistoryMoment.format(end.toInstant(), model.now());
    }

    private List<MenuItem> timeMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(
                line("history-time-all", Messages.text(Keys.HISTORY_TIMES), now.to() == null, now.between(null, null)));
        YearMonth current = YearMonth.from(model.now());
        for (int back = 1; back <= MONTHS; back++) {
            YearMonth month = current.minusMonths(back);
            Instant end = month.plusMonths(1)
                    .atDay(1)
                    .atStartOfDay(model.now().getZone())
                    .toInstant();
            lines.add(line(
                    "history-time-" + month,
                    Messages.text(Keys.HISTORY_UNTIL, month(month)),
                    end.equals(now.to()),
                    now.between(null, end)));
        }
        return lines;
    }

    private static String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLLL uuuu").format(month);
    }
}
