package dev.tidemark.app.importing.format;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.List;
import java.util.Locale;

/**
 * Content of a source that an import leaves out or changes. Immutable.
 *
 * @param detail the name of the field or file, or the value, as the source has it
 * @param count the number of occurrences
 * @param examples the titles of the first items concerned
 */
public record Unmapped(Reason reason, String detail, int count, List<String> examples) {
    /** Why the content could not be mapped. */
    public enum Reason {
        /** Tidemark has no such field. */
        FIELD,
        /** The value of the field is not valid or not supported. */
        VALUE,
        /** The item is part of another item, but becomes an item of its own. */
        SUBTASK,
        /** A file to which the source refers is missing, empty or too large. */
        FILE,
        /** The entry is not an item. */
        ENTRY,
        /** The item is encrypted. */
        ENCRYPTED,
        /** The body is HTML and stays as it is. */
        HTML,
        /** The link leads to another item of the source. */
        LINK;

        /** Returns the form in JSON and in the keys of texts. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns one sentence, which quotes the source. */
    public String sentence() {
        String key = switch (reason) {
            case FIELD -> Keys.IMPORT_UNMAPPED_FIELD;
            case VALUE -> Keys.IMPORT_UNMAPPED_VALUE;
            case SUBTASK -> Keys.IMPORT_UNMAPPED_SUBTASK;
            case FILE -> Keys.IMPORT_UNMAPPED_FILE;
            case ENTRY -> Keys.IMPORT_UNMAPPED_ENTRY;
            case ENCRYPTED -> Keys.IMPORT_UNMAPPED_ENCRYPTED;
            case HTML -> Keys.IMPORT_UNMAPPED_HTML;
            case LINK -> Keys.IMPORT_UNMAPPED_LINK;
        };
        return Messages.text(key, detail, count);
    }
}
