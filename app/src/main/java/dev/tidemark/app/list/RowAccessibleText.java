package dev.tidemark.app.list;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.format.RepeatFormat;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Describes a row in one sentence for screen readers. */
final class RowAccessibleText {
    private RowAccessibleText() {}

    /** Joins the shown title and the other content of the row. */
    static String of(ItemRow row, String title, boolean hasConflict, boolean isListNamed, ZonedDateTime now) {
        List<String> parts = new ArrayList<>();
        parts.add(title);
        addState(row, parts, now);
        if (hasConflict) {
            parts.add(Messages.text(Keys.LIST_ROW_CONFLICT));
        }
        if (row.hasBody()) {
            parts.add(Messages.text(Keys.LIST_ROW_MORE));
        }
        if (row.priority() != Priority.NONE) {
            parts.add(Messages.text(PriorityFormat.key(row.priority())));
        }
        row.tags().forEach(tag -> parts.add("#" + tag));
        String list = row.list();
        if (isListNamed && list != null) {
            parts.add(Messages.text(Keys.LIST_ROW_LIST, list));
        }
        return parts.stream()
                .reduce((before, part) -> Messages.text(Keys.LIST_ROW_ACCESSIBLE, before, part))
                .orElseThrow();
    }

    private static void addState(ItemRow row, List<String> parts, ZonedDateTime now) {
        Due when = row.due();
        if (row.kind() == Kind.NOTE) {
            parts.add(Messages.text(Keys.LIST_ROW_NOTE));
        } else if (row.done()) {
            parts.add(Messages.text(Keys.LIST_ROW_STATE_DONE));
        } else if (when == null) {
            parts.add(Messages.text(Keys.LIST_ROW_STATE_OPEN));
        }
        if (when != null) {
            boolean isLate = row.isOpen() && when.isBefore(now);
            parts.add(Messages.text(
                    isLate ? Keys.LIST_ROW_STATE_OVERDUE : Keys.LIST_ROW_STATE_DUE,
                    DueFormat.of(when, now.toLocalDate())));
            if (when.repeat() != null) {
                parts.add(RepeatFormat.of(when.repeat()));
            }
        }
    }
}
