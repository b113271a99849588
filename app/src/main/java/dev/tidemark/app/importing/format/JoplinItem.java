package dev.tidemark.app.importing.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A file of Joplin. It has a title, a body and, after the last empty line, a property on each line. Immutable.
 *
 * @param body text in Markdown or HTML, which may be empty
 */
record JoplinItem(String title, String body, Map<String, String> properties) {
    /** The values of {@code type_} that are imported. */
    static final String NOTE = "1";

    static final String NOTEBOOK = "2";
    static final String RESOURCE = "4";
    static final String TAG = "5";
    static final String NOTE_TAG = "6";

    static JoplinItem parse(String file) {
        String text = file.replace("\r\n", "\n").stripTrailing();
        Map<String, String> properties = new LinkedHashMap<>();
        int end = text.length();
        // A line with an empty property ends with a colon and a space, but some programs strip the space.
        while (end > 0) {
            int begin = text.lastIndexOf('\n', end - 1) + 1;
            String line = text.substring(begin, end);
            int colon = line.indexOf(':');
            if (line.isBlank() || colon <= 0) {
                break;
            }
            properties.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            end = Math.max(begin - 1, 0);
        }
        String rest = text.substring(0, end);
        // This removes the empty line before the properties.
        rest = rest.endsWith("\n") ? rest.substring(0, rest.length() - 1) : rest;
        int titleEnd = rest.indexOf('\n');
        String title = titleEnd < 0 ? rest : rest.substring(0, titleEnd);
        String body = titleEnd < 0 ? "" : rest.substring(titleEnd + 1);
        return new JoplinItem(title, body.startsWith("\n") ? body.substring(1) : body, properties);
    }

    /** Returns the value of a property; empty if the property is missing. */
    String get(String name) {
        return Objects.requireNonNullElse(properties.get(name), "");
    }

    boolean is(String name) {
        return get(name).equals("1");
    }

    /** Returns a point in time in milliseconds since 1970; 0 if it is missing or invalid. */
    long millis(String name) {
        String value = get(name);
        return value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
    }
}
