package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
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

/** The page of all open conflicts, each with its versions and buttons to resolve it. */
public final class ConflictsPage extends BorderPane {
    /** The maximum number of groups shown; resolving one shows the next. */
    private static final int MAX_GROUPS = 50;

    /** Extra space above a heading, so that it visibly belongs to the cards below it. */
    private static final double APART = 16;

    private final ConflictsViewModel model;
    private final Function<UUID, Optional<String>> listName;
    private final Consumer<UUID> opened;
    private final Label count = Controls.styled(new Label(), Styles.LIST_COUNT);
    private final Label empty = new Label(Messages.text(Keys.EMPTY_CONFLICTS));
    private final Label more = Controls.styled(new Label(), Styles.CAPTION);
    private final VBox cards = Controls.styled(new VBox(), Styles.CONFLICT_CARDS);
    private final Map<LosingVersion, ConflictCard> openCards = new HashMap<>();

    public ConflictsPage(ConflictsViewModel model, Function<UUID, Optional<String>> listName, Consumer<UUID> opened) {
        this.model = model;
        this.listName = listName;
        this.opened = opened;
        setId("conflicts");
        getStyleClass().add(Styles.CONFLICTS_PAGE);
        Label title = Controls.styled(new Label(Messages.text(Keys.SIDEBAR_CONFLICTS)), Styles.LIST_TITLE);
        count.setId("conflicts-count");
        HBox header = Controls.styled(new HBox(title, count), Styles.LIST_HEADER);
        Label hint = Controls.wrapped(Controls.styled(new Label(Messages.text(Keys.CONFLICT_HINT)), Styles.CAPTION));
        empty.setId("conflicts-empty");
        VBox content = Controls.styled(new VBox(hint, cards, empty, more), Styles.CONFLICTS_CONTENT);
        setTop(header);
        setCenter(Controls.scrolling("conflicts-scroll", Messages.text(Keys.SIDEBAR_CONFLICTS), content));
        model.groupsProperty().subscribe(this::show);
    }

    /** A card is kept while its conflict is open or the user edits a merged text in it. */
    private void show(List<ConflictGroup> groups) {
        boolean hadFocus =
                getScene() != null && Controls.isWithin(this, getScene().getFocusOwner());
        List<Node> shown = new ArrayList<>();
        Map<LosingVersion, ConflictCard> kept = new HashMap<>();
        for (ConflictGroup one : groups.stream().limit(MAX_GROUPS).toList()) {
            Node heading = heading(one);
            VBox.setMargin(heading, new Insets(shown.isEmpty() ? 0 : UiScale.scaled(APART), 0, 0, 0));
            shown.add(heading);
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
        count.setText(groups.isEmpty() ? "" : Integer.toString(groups.size()));
        Controls.show(empty, shown.isEmpty());
        more.setText(Messages.text(Keys.CONFLICT_MORE, Math.max(1, groups.size() - MAX_GROUPS)));
        Controls.show(more, groups.size() > MAX_GROUPS);
        if (hadFocus && !Controls.isWithin(this, getScene().getFocusOwner())) {
            Node next = cards.lookup("." + Styles.QUIET_BUTTON);
            (next == null ? this : next).requestFocus();
        }
    }

    private Node heading(ConflictGroup one) {
        String title = one.title().isBlank() ? Messages.text(Keys.LIST_UNTITLED) : SingleLineText.of(one.title());
        if (!one.isItem()) {
            return Controls.styled(new Label(title), Styles.CONFLICT_TITLE, Styles.ITEM_TITLE);
        }
        Button open = Controls.quietButton("conflict-open", Icons.EDIT, title, () -> opened.accept(one.row()));
        open.getStyleClass().addAll(Styles.CONFLICT_TITLE, Styles.ITEM_TITLE);
        open.setAccessibleText(Messages.text(Keys.CONFLICT_OPEN, title));
        open.setMnemonicParsing(false);
        open.setMinWidth(0);
        return open;
    }
}
