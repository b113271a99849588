package dev.tidemark.app.history;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.Menus;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows the history of the library with filters, or the history of one item with its versions beside the entries. */
public final class HistoryPage extends BorderPane {
    private static final int MONTHS = 12;

    private final HistoryViewModel model;
    private final Names names;
    private final Label title = Controls.styled(new Label(), Styles.LIST_TITLE);
    private final Label subject = Controls.shrinking("history-subject", Styles.LIST_COUNT);
    private final Button everything;
    private final Button named;
    private final ListView<HistoryEntry> list = new ListView<>();
    private final Label empty = new Label();
    private final Label note = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final VersionPane versions;

    /**
     * The names that the page shows.
     *
     * @param lists the user's lists
     * @param devices the devices with changes, sorted
     */
    public record Names(Supplier<List<ItemList>> lists, Supplier<List<String>> devices) {
        /** The colour of a device: by its place in the order of their names. */
        String colorOf(String device) {
            return ColorDot.PALETTE.get(Math.floorMod(devices.get().indexOf(device), ColorDot.PALETTE.size()));
        }

        Optional<String> list(UUID id) {
            return lists.get().stream()
                    .filter(each -> each.id().equals(id))
                    .map(ItemList::name)
                    .findFirst();
        }
    }

    /**
     * @param opened opens an item
     * @param all shows the history of everything
     * @param checkpoints shows the checkpoints
     */
    public HistoryPage(HistoryViewModel model, Names names, Consumer<UUID> opened, Runnable all, Runnable checkpoints) {
        this.model = model;
        this.names = names;
        setId("history");
        getStyleClass().add(Styles.HISTORY_PAGE);
        title.setText(Messages.text(Keys.SIDEBAR_HISTORY));
        everything = Controls.quietButton("history-all", Icons.BACK, Messages.text(Keys.HISTORY_ALL), all);
        named = Controls.quietButton(
                "history-checkpoints", Icons.KEEP, Messages.text(Keys.CHECKPOINTS_TITLE), checkpoints);
        versions = new VersionPane(model, names);
        list.setId("history-entries");
        list.setItems(model.entries());
        list.getStyleClass().add(Styles.HISTORY_LIST);
        list.setAccessibleText(Messages.text(Keys.SIDEBAR_HISTORY));
        list.setCellFactory(view -> new HistoryCell(model, names, opened));
        list.setPlaceholder(new StackPane(empty));
        list.setOnKeyPressed(event -> {
            HistoryEntry chosen = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER
                    && chosen != null
                    && chosen.subject().type() == HistoryEntry.Type.ITEM
                    && chosen.subject().exists()) {
                opened.accept(chosen.subject().id());
                event.consume();
            }
        });
        list.getSelectionModel().selectedItemProperty().subscribe(entry -> {
            if (entry != null) {
                versions.select(entry);
            }
        });
        versions.onSelect(entry -> {
            list.getSelectionModel().select(entry);
            list.scrollTo(entry);
        });
        HBox header =
                Controls.styled(new HBox(title, subject, Controls.spacer(), everything, named), Styles.LIST_HEADER);
        setTop(new VBox(header, filters()));
        note.setId("history-note");
        VBox foot = Controls.styled(new VBox(note), Styles.HISTORY_FOOT);
        setBottom(foot);
        setCenter(list);
        model.filterProperty().subscribe(this::show);
        model.loadingProperty().subscribe(this::showState);
        model.truncatedProperty().subscribe(this::showTruncated);
        model.entries().addListener((ListChangeListener<HistoryEntry>) change -> showSubject());
    }

    private void show(HistoryFilter filter) {
        boolean isItem = filter.item() != null;
        Controls.show(everything, isItem);
        Controls.show(named, !isItem);
        setRight(isItem ? versions : null);
        showSubject();
    }

    private void showSubject() {
        UUID item = model.filterProperty().get().item();
        subject.setText(
                item == null
                        ? ""
                        : model.entries().stream()
                                .map(HistoryEntry::subject)
                                .filter(one -> one.id().equals(item))
                                .map(one -> SingleLineText.brief(one.name()))
                                .findFirst()
                                .orElse(""));
        if (item != null) {
            versions.show(item, model.entries());
        }
        showState();
    }

    private void showState() {
        boolean isFiltered = !model.filterProperty()
                .get()
                .equals(HistoryFilter.NONE.item(model.filterProperty().get().item()));
        empty.setText(Messages.text(
                model.loadingProperty().get()
                        ? Keys.HISTORY_LOADING
                        : isFiltered ? Keys.HISTORY_EMPTY_FILTERED : Keys.HISTORY_EMPTY));
    }

    private void showTruncated(@Nullable Instant oldest) {
        Controls.show(note, oldest != null);
        if (oldest != null) {
            ZonedDateTime now = model.now();
            note.setText(Messages.text(
                    Keys.HISTORY_TRUNCATED, RelativeTimeFormat.of(oldest, now.toInstant(), now.getZone())));
        }
    }

    private FlowPane filters() {
        FlowPane row = new FlowPane(
                filter("history-device", this::deviceName, this::deviceMenu),
                filter("history-list", this::listName, this::listMenu),
                filter("history-action", this::actionName, this::actionMenu),
                filter("history-time", this::timeName, this::timeMenu));
        return Controls.styled(row, Styles.HISTORY_FILTERS);
    }

    private Button filter(String id, Supplier<String> name, Supplier<List<MenuItem>> lines) {
        Button button = Controls.quietButton(id, Icons.OPENS_BELOW, "", () -> {});
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
                : names.list(wanted).map(SingleLineText::brief).orElse("");
    }

    private List<MenuItem> listMenu() {
        HistoryFilter now = model.filterProperty().get();
        List<MenuItem> lines = new ArrayList<>();
        lines.add(line("history-list-all", Messages.text(Keys.HISTORY_LISTS), now.list() == null, now.list(null)));
        names.lists()
                .get()
                .forEach(each -> lines.add(line(
                        "history-list-one",
                        SingleLineText.brief(each.name()),
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

    private String timeName() {
        Instant end = model.filterProperty().get().to();
        return end == null
                ? Messages.text(Keys.HISTORY_TIMES)
                : Messages.text(
                        Keys.HISTORY_UNTIL,
                        month(YearMonth.from(end.atZone(model.now().getZone()).minusSeconds(1))));
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
