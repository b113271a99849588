package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
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
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows notices above the title of an item: permanently deleted, in the trash, conflicts, and merged texts. */
final class ItemNotices extends VBox {
    private final ConflictsViewModel conflicts;
    private final Function<UUID, Optional<String>> listName;
    private final Consumer<UUID> restore;
    private final Consumer<UUID> purge;
    private final Consumer<UUID> history;
    private final FlowPane deletedNotice =
            Controls.styled(new FlowPane(new Label(Messages.text(Keys.DETAIL_GONE))), Styles.TRASH_NOTICE);
    private final Map<LosingVersion, ConflictCard> cards = new HashMap<>();
    private final ResolveAllBar all;
    private @Nullable Node trashed;

    ItemNotices(
            ConflictsViewModel conflicts,
            Function<UUID, Optional<String>> listName,
            Consumer<UUID> restore,
            Consumer<UUID> purge,
            Consumer<UUID> history) {
        this.conflicts = conflicts;
        this.listName = listName;
        this.restore = restore;
        this.purge = purge;
        this.history = history;
        all = new ResolveAllBar("detail-conflicts", conflicts);
        getStyleClass().setAll(Styles.NOTICES);
    }

    /** Removes the notices of the previous item. */
    void clear() {
        cards.clear();
        trashed = null;
        getChildren().clear();
    }

    /**
     * Updates the notices. Reuses the card of an open conflict, and keeps a card in which the user edits a merged text.
     */
    void show(ItemForm form) {
        List<Node> shown = new ArrayList<>();
        if (form.deletedProperty().get()) {
            shown.add(deletedNotice);
        } else if (form.itemProperty().get().trashed()) {
            trashed = trashed == null ? createTrashNotice(form, false) : trashed;
            shown.add(trashed);
        }
        List<LosingVersion> losing = form.losingVersionsProperty().get();
        cards.entrySet()
                .removeIf(card ->
                        !losing.contains(card.getKey()) && !card.getValue().isEditing());
        all.show(losing);
        if (losing.size() > 1) {
            shown.add(all);
        }
        losing.forEach(one ->
                shown.add(cards.computeIfAbsent(one, missing -> new ConflictCard(missing, listName, conflicts))));
        cards.values().stream().filter(card -> !shown.contains(card)).forEach(shown::add);
        if (!form.mergedWithProperty().get().isEmpty()) {
            shown.add(createMergedNotice(form));
        }
        Controls.fill(getChildren(), shown);
        Controls.show(this, !shown.isEmpty());
    }

    /**
     * Creates a notice that names the devices whose changes are merged into the text. A button shows the history, which
     * has each version.
     */
    private FlowPane createMergedNotice(ItemForm form) {
        Label text = Controls.styled(
                new Label(Messages.text(
                        Keys.DETAIL_MERGED,
                        String.join(", ", form.mergedWithProperty().get()))),
                Styles.CAPTION);
        text.setId("detail-merged");
        text.setWrapText(true);
        return new FlowPane(
                text,
                Controls.flatButton(
                        "detail-merged-history",
                        Icons.TIME,
                        Messages.text(Keys.DETAIL_MERGED_HISTORY),
                        () -> history.accept(form.id())));
    }

    /** Focuses the first conflict. Returns {@code false} if there is no conflict. */
    boolean focusConflict() {
        for (Node notice : getChildren()) {
            if (notice instanceof ConflictCard card) {
                card.lookup("." + Styles.QUIET_BUTTON).requestFocus();
                return true;
            }
        }
        return false;
    }

    /** @param isConfirming whether the user pressed "delete" once and must confirm */
    private VBox createTrashNotice(ItemForm form, boolean isConfirming) {
        Button purgeButton = Controls.flatButton(
                "detail-purge",
                Icons.CLOSE,
                Messages.text(isConfirming ? Keys.DETAIL_PURGE_SURE : Keys.DETAIL_PURGE),
                () -> {
                    if (isConfirming) {
                        purge.accept(form.id());
                    } else {
                        trashed = createTrashNotice(form, true);
                        show(form);
                    }
                });
        purgeButton.getStyleClass().add(Styles.DANGER);
        Label text = new Label(Messages.text(Keys.DETAIL_TRASHED));
        text.setMinWidth(USE_PREF_SIZE);
        FlowPane buttons = new FlowPane(
                Controls.flatButton(
                        "detail-restore",
                        Icons.RESTORE,
                        Messages.text(Keys.DETAIL_RESTORE),
                        () -> restore.accept(form.id())),
                purgeButton);
        // Aligns the icons of the buttons with the text.
        VBox.setMargin(buttons, new Insets(0, 0, 0, -UiScale.scaled(8)));
        return Controls.styled(new VBox(text, buttons), Styles.TRASH_NOTICE);
    }
}
