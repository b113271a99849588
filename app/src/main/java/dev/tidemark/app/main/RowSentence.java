package dev.tidemark.app.main;

import dev.tidemark.app.detail.DueText;
import dev.tidemark.app.detail.PriorityText;
import dev.tidemark.app.detail.RepeatText;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Says in one sentence what a row shows, for who does not see it. */
final class RowSentence {
    private RowSentence() {}

    /**
     * The title, and all that stands around it.
     *
     * @param title as the row shows it
     * @param hasConflict whether something of it lost against another device
     * @param isListNamed whether the row names its list
     */
    static String of(ItemRow row, String title, boolean hasConflict, boolean isListNamed) {
        List<String> parts = new ArrayList<>();
        parts.add(title);
        addState(row, parts);
        if (hasConflict) {
            parts.add(Texts.text(Keys.LIST_ROW_CONFLICT));
        }
        if (row.hasBody()) {
            parts.add(Texts.text(Keys.LIST_ROW_MORE));
        }
        if (row.priority() != Priority.NONE) {
            parts.add(Texts.text(PriorityText.key(row.priority())));
        }
        row.tags().forEach(tag -> parts.add("#" + tag));
        String list = row.list();
        if (isListNamed && list != null) {
            parts.add(Texts.text(Keys.LIST_ROW_LIST, list));
        }
        return parts.stream()
                .reduce((before, part) -> Texts.text(Keys.LIST_ROW_ACCESSIBLE, before, part))
                .orElseThrow();
    }

    private static void addState(ItemRow row, List<String> parts) {
        Due when = row.due();
        if (row.kind() == Kind.NOTE) {
            parts.add(Texts.text(Keys.LIST_ROW_NOTE));
        } else if (row.done()) {
            parts.add(Texts.text(Keys.LIST_ROW_STATE_DONE));
        } else if (when == null) {
            parts.add(Texts.text(Keys.LIST_ROW_STATE_OPEN));
        }
        if (when != null) {
            boolean isLate = !row.done() && ItemChips.isOverdue(when);
            parts.add(Texts.text(
                    isLate ? Keys.LIST_ROW_STATE_OVERDUE : Keys.LIST_ROW_STATE_DUE,
                    DueText.of(when, LocalDate.now(ZoneId.systemDefault()))));
            if (when.repeat() != null) {
                parts.add(RepeatText.of(when.repeat()));
            }
        }
    }
}
