package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/**
 * The page of all open conflicts, each with its versions and buttons to resolve it, alone or with others. Further
 * sections have lists of one name and the data that no view shows.
 */
public final class ConflictsPage extends BorderPane {
    /** The maximum number of groups that the page shows. After the user resolves one, the next appears. */
    private static final int MAX_GROUPS = 50;

    /** The extra space in pixels above a heading, so that users see which cards belong to the heading. */
    private static final double APART = 16;

    private final ConflictsViewModel model;
    private final Function<UUID, Optional<String>> listName;
    private final Consumer<UUID> opened;
    private final Label count = Controls.styled(new Label(), Styles.LIST_COUNT);
    private final Label empty = new Label(Messages.text(Keys.EMPTY_CONFLICTS));
    private final Label more = Controls.styled(new Label(), Styles.CAPTION);
    private final VBox cards = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private final VBox duplicates = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private final VBox hidden = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private final Label hint = createHint(Keys.CONFLICT_HINT);
    private final ResolveAllBar all;
    private final Map<UUID, ResolveAllBar> bars = new HashMap<>();
    private final Map<LosingVersion, ConflictCard> openCards = new HashMap<>();

    public ConflictsPage(ConflictsViewModel model, Function<UUID, Optional<String>> listName, Consumer<UUID> opened) {
        this.model = model;
        this.listName = listName;
        this.opened = opened;
        all = new ResolveAllBar("conflicts-all", model);
        setId("conflicts");
        getStyleClass().add(Styles.CONFLICTS_PAGE);
        Label title = Controls.styled(new Label(Messages.text(Keys.SIDEBAR_CONFLICTS)), Styles.LIST_TITLE);
        count.setId("conflicts-count");
        HBox header = Controls.styled(new HBox(title, count), Styles.LIST_HEADER);
        empty.setId("conflicts-empty");
        VBox content =
                Controls.styled(new VBox(hint, all, cards, more, duplicates, hidden, empty), Styles.CONFLICTS_CONTENT);
        setTop(header);
        setCenter(Controls.scrolling("conflicts-scroll", Messages.text(Keys.SIDEBAR_CONFLICTS), content));
        model.groupsProperty().subscribe(groups -> retainFocus(() -> show(groups)));
        model.duplicatesProperty().subscribe(lists -> retainFocus(() -> showDuplicates(lists)));
        model.hiddenProperty().subscribe(entries -> retainFocus(() -> showHidden(entries)));
    }

    private static Label createHint(String key) {
        return Controls.wrapped(Controls.styled(new Label(Messages.text(key)), Styles.CAPTION));
    }

    /** Runs an update of the page. If the update removes the focused control, moves the focus to the next choice. */
    private void retainFocus(Runnable update) {
        boolean hadFocus =
                getScene() != null && Controls.isWithin(this, getScene().getFocusOwner());
        update.run();
        int number = model.groupsProperty().get().size()
                + model.duplicatesProperty().get().size()
                + model.hiddenProperty().get().number();
        count.setText(number == 0 ? "" : Integer.toString(number));
        Controls.show(hint, !cards.getChildren().isEmpty());
        Controls.show(empty, cards.getChildren().isEmpty() && number == 0);
        if (hadFocus && !Controls.isWithin(this, getScene().getFocusOwner())) {
            Node next = lookup("." + Styles.CONFLICT_CARDS + " ." + Styles.QUIET_BUTTON);
            (next == null ? this : next).requestFocus();
        }
    }

    /** Reuses the card of a conflict that is still open, and keeps a card in which the user edits a merged text. */
    private void show(List<ConflictGroup> groups) {
        List<Node> shown = new ArrayList<>();
        Map<LosingVersion, ConflictCard> kept = new HashMap<>();
        all.show(
                groups.size() < 2
                        ? List.of()
                        : groups.stream()
                                .flatMap(group -> group.losing().stream())
                                .toList());
        bars.keySet().retainAll(groups.stream().map(ConflictGroup::row).toList());
        for (ConflictGroup one : groups.stream().limit(MAX_GROUPS).toList()) {
            Node heading = heading(one);
            VBox.setMargin(heading, new Insets(shown.isEmpty() ? 0 : UiScale.scaled(APART), 0, 0, 0));
            shown.add(heading);
            if (one.losing().size() > 1) {
                ResolveAllBar bar = bars.computeIfAbsent(one.row(), row -> new ResolveAllBar("conflict-all", model));
                bar.show(one.losing());
                shown.add(bar);
            }
            for (LosingVersion losing : one.losing()) {
                kept.put(
                        losing,
                        openCards.containsKey(losing)
                                ? openCards.get(losing)
                                : new ConflictCard(losing, listName, model));
                shown.add(kept.get(losing));
            }
        }
        openCards.forEach((losing, card) -> {
            if (card.isEditing() && !kept.containsKey(losing)) {
                kept.put(losing, card);
                shown.add(card);
            }
        });
        openCards.clear();
        openCards.putAll(kept);
        cards.getChildren().setAll(shown);
        more.setText(Messages.text(Keys.CONFLICT_MORE, Math.max(1, groups.size() - MAX_GROUPS)));
        Controls.show(more, groups.size() > MAX_GROUPS);
    }

    private void showDuplicates(List<DuplicateListEntry> lists) {
        List<Node> shown = new ArrayList<>();
        if (!lists.isEmpty()) {
            Label heading = Controls.styled(new Label(Messages.text(Keys.DUPLICATE_LIST_TITLE)), Styles.LIST_TITLE);
            VBox.setMargin(heading, new Insets(UiScale.scaled(APART), 0, 0, 0));
            shown.add(heading);
            shown.add(createHint(Keys.DUPLICATE_LIST_HINT));
        }
        for (DuplicateListEntry entry : lists.stream().limit(MAX_GROUPS).toList()) {
            shown.add(title(entry.lists().oldest().name()));
            shown.add(new DuplicateListCard(entry, model));
        }
        duplicates.getChildren().setAll(shown);
        Controls.show(duplicates, !shown.isEmpty());
    }

    private void showHidden(HiddenEntryList entries) {
        List<Node> shown = new ArrayList<>();
        if (entries.number() > 0) {
            Label heading = Controls.styled(new Label(Messages.text(Keys.HIDDEN_TITLE)), Styles.LIST_TITLE);
            heading.setId("hidden-title");
            VBox.setMargin(heading, new Insets(UiScale.scaled(APART), 0, 0, 0));
            shown.add(heading);
            shown.add(createHint(Keys.HIDDEN_HINT));
        }
        for (HiddenEntry entry : entries.entries().stream().limit(MAX_GROUPS).toList()) {
            shown.add(title(entry.title()));
            shown.add(new HiddenEntryCard(entry, model));
        }
        if (entries.waiting() > 0) {
            shown.add(HiddenEntryCard.waiting(entries.waiting()));
        }
        int left = entries.entries().size() - MAX_GROUPS;
        if (left > 0) {
            shown.add(Controls.styled(new Label(Messages.text(Keys.CONFLICT_MORE, left)), Styles.CAPTION));
        }
        hidden.getChildren().setAll(shown);
    }

    private static Label title(String title) {
        return Controls.styled(
                new Label(title.isBlank() ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(title)),
                Styles.CONFLICT_TITLE,
                Styles.ITEM_TITLE);
    }

    private Node heading(ConflictGroup one) {
        Label label = title(one.title());
        if (!one.isItem()) {
            return label;
        }
        String title = label.getText();
        Button open = Controls.flatButton("conflict-open", Icons.EDIT, title, () -> opened.accept(one.row()));
        open.getStyleClass().addAll(Styles.CONFLICT_TITLE, Styles.ITEM_TITLE);
        open.setAccessibleText(Messages.text(Keys.CONFLICT_OPEN, title));
        open.setMnemonicParsing(false);
        open.setMinWidth(0);
        return open;
    }
}
