package dev.tidemark.app.history;

import dev.tidemark.app.format.RelativeTimeFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Shows the history of the library with filters, or the history of one item with its versions beside the entries. */
public final class HistoryPage extends BorderPane {
    private final HistoryViewModel model;
    private final Label title = Controls.styled(new Label(), Styles.LIST_TITLE);
    private final Label subject = Controls.truncatingLabel("history-subject", Styles.LIST_COUNT);
    private final Button everything;
    private final Button named;
    private final ListView<HistoryEntry> list = new ListView<>();
    private final Label empty = new Label();
    private final Label note = Controls.wrapped(Controls.styled(new Label(), Styles.CAPTION));
    private final VersionPane versions;
    private final HistoryFilterBar filters;

    /**
     * The names that the page shows.
     *
     * @param lists the user's lists
     * @param devices the devices with changes, sorted
     */
    public record Names(Supplier<List<ItemList>> lists, Supplier<List<String>> devices) {
        /** Returns the colour of a device, chosen by its index among the devices. */
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
     * @param all shows the history of the library
     * @param checkpoints shows the checkpoints
     */
    public HistoryPage(HistoryViewModel model, Names names, Consumer<UUID> opened, Runnable all, Runnable checkpoints) {
        this.model = model;
        setId("history");
        getStyleClass().add(Styles.HISTORY_PAGE);
        title.setText(Messages.text(Keys.SIDEBAR_HISTORY));
        everything = Controls.flatButton("history-all", Icons.BACK, Messages.text(Keys.HISTORY_ALL), all);
        named = Controls.flatButton(
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
        filters = new HistoryFilterBar(model, names, list::requestFocus);
        setTop(new VBox(header, filters));
        note.setId("history-note");
        VBox foot = Controls.styled(new VBox(note), Styles.HISTORY_FOOT);
        setBottom(foot);
        setCenter(list);
        model.filterProperty().subscribe(this::show);
        model.loadingProperty().subscribe(this::showState);
        model.truncatedProperty().subscribe(this::showNote);
        model.searchedProperty().subscribe(this::showNote);
        showNote();
        model.entries().addListener((ListChangeListener<HistoryEntry>) change -> showSubject());
    }

    /** Asks for a date and time to jump to. */
    public void jump() {
        filters.jump();
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
                                .map(one -> SingleLineText.abbreviate(one.name()))
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

    /** Shows how far back a search has read, or the age of the oldest change if older changes were truncated. */
    private void showNote() {
        Instant searched = model.searchedProperty().get();
        Instant shown = searched == null ? model.truncatedProperty().get() : searched;
        Controls.show(note, shown != null);
        if (shown != null) {
            ZonedDateTime now = model.now();
            note.setText(Messages.text(
                    searched == null ? Keys.HISTORY_TRUNCATED : Keys.HISTORY_SEARCHED,
                    RelativeTimeFormat.of(shown, now.toInstant(), now.getZone())));
        }
    }
}
