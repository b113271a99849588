package dev.tidemark.app.model;

/** The sort orders of a list. In each, open items come before completed ones. */
public enum Sort {
    /** The user's manual order. New items come first. */
    OWN,
    DUE,
    PRIORITY,
    TITLE,
    /** By the time when an item last changed on this device, by an edit or a sync, the newest first. */
    CHANGED,
    CREATED;

    private static final String OWN_ORDER =
            "coalesce(i.position, " + FractionalIndex.sqlOfTime("i.created_at") + "), i.id DESC";
    private static final String DATES = "i.due IS NULL, i.due, ";

    /** Returns the ORDER BY terms on items {@code i} and, if {@link #needsLocal}, on their local data {@code c}. */
    String sql() {
        return "i.done, "
                + switch (this) {
                    case OWN -> OWN_ORDER;
                    case DUE -> DATES + OWN_ORDER;
                    case PRIORITY -> "i.priority DESC, " + DATES + OWN_ORDER;
                    case TITLE -> folded("ltrim(i.title)") + ", " + OWN_ORDER;
                    case CHANGED -> "c.changed_at DESC, " + OWN_ORDER;
                    case CREATED -> "i.created_at DESC, i.id DESC";
                };
    }

    /** Whether the order needs local data of this device. */
    boolean needsLocal() {
        return this == CHANGED;
    }

    /**
     * Returns SQL that ignores case and accents. SQLite folds only ASCII letters, so the SQL replaces letters of the
     * supported languages and some others.
     */
    private static String folded(String text) {
        String folded = "lower(" + text + ")";
        String[] pairs = {"äa", "öo", "üu", "Äa", "Öo", "Üu", "ée", "Ée", "èe", "êe", "àa", "áa", "çc", "ñn"};
        for (String pair : pairs) {
            folded = "replace(" + folded + ", '" + pair.charAt(0) + "', '" + pair.charAt(1) + "')";
        }
        return "replace(" + folded + ", 'ß', 'ss')";
    }
}
