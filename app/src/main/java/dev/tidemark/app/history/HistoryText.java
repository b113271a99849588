package dev.tidemark.app.history;

import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;

/** Turns history entries into sentences. */
public final class HistoryText {
    private HistoryText() {}

    /** Returns the sentence that describes an entry, such as: Changed “Buy milk” and 2 more. */
    public static String sentence(HistoryEntry entry) {
        String name = entry.subject().name().isBlank()
                ? Messages.text(Keys.LIST_UNTITLED)
                : SingleLineText.abbreviate(entry.subject().name());
        String subject = switch (entry.subject().type()) {
            case ITEM -> Messages.text(Keys.HISTORY_SUBJECT_ITEM, name);
            case LIST -> Messages.text(Keys.HISTORY_SUBJECT_LIST, name);
            case TAG -> Messages.text(Keys.HISTORY_SUBJECT_TAG, name);
            case SEARCH -> Messages.text(Keys.HISTORY_SUBJECT_SEARCH, name);
        };
        String all = entry.more() == 0 ? subject : Messages.text(Keys.HISTORY_MORE, subject, entry.more());
        return Messages.text(actionKey(entry.action()), all);
    }

    private static String actionKey(HistoryEntry.Action action) {
        return switch (action) {
            case ADDED -> Keys.HISTORY_ADDED;
            case CHANGED -> Keys.HISTORY_CHANGED;
            case COMPLETED -> Keys.HISTORY_COMPLETED;
            case REOPENED -> Keys.HISTORY_REOPENED;
            case TRASHED -> Keys.HISTORY_TRASHED;
            case RESTORED -> Keys.HISTORY_RESTORED;
            case DELETED -> Keys.HISTORY_DELETED;
        };
    }

    /** Returns the name of an action for the filter menu. */
    public static String name(HistoryEntry.Action action) {
        return Messages.text(
                switch (action) {
                    case ADDED -> Keys.HISTORY_ACTION_ADDED;
                    case CHANGED -> Keys.HISTORY_ACTION_CHANGED;
                    case COMPLETED -> Keys.HISTORY_ACTION_COMPLETED;
                    case REOPENED -> Keys.HISTORY_ACTION_REOPENED;
                    case TRASHED -> Keys.HISTORY_ACTION_TRASHED;
                    case RESTORED -> Keys.HISTORY_ACTION_RESTORED;
                    case DELETED -> Keys.HISTORY_ACTION_DELETED;
                });
    }
}
