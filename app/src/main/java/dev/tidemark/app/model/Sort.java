package dev.tidemark.app.model;

/** In which order a list shows its items. What is done comes after what is open in each of them. */
public enum Sort {
    /** As the person put them, new ones first. */
    OWN,
    /** By the date, those without one last. */
    DUE,
    /** What matters most first; of what matters as much, what is due first. */
    PRIORITY,
    /** By the title, as a dictionary has it. */
    TITLE,
    /** What was changed last on this device, by hand or because a change arrived, first. */
    CHANGED,
    /** What was made last first. */
    CREATED;

    private static final String OWN_ORDER =
            "coalesce(i.position, " + FractionalIndex.sqlOfTime("i.created_at") + "), i.id DESC";
    private static final String DATES = "i.due IS NULL, i.due, ";

    /** ORDER BY of items {@code i} and, if {@link #needsLocal}, what is known of them here, {@code c}; without these words. */
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

    /** Whether it looks at what only this device knows. */
    boolean needsLocal() {
        return this == CHANGED;
    }

    /** SQLite folds the letters of English only; these are those of the languages that the program speaks, and some more. */
    private static String folded(String text) {
        String folded = "lower(" + text + ")";
        String[] pairs = {"äa", "öo", "üu", "Äa", "Öo", "Üu", "ée", "Ée", "èe", "êe", "àa", "áa", "çc", "ñn"};
        for (String pair : pairs) {
            folded = "replace(" + folded + ", '" + pair.charAt(0) + "', '" + pair.charAt(1) + "')";
        }
        return "replace(" + folded + ", 'ß', 'ss')";
    }
}
