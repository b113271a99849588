package dev.tidemark.app.interchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of iCalendar (RFC 5545, section 3.1). Immutable.
 *
 * @param name the name in upper case
 * @param parameters the parameters without quotes, by their names in upper case
 * @param value the value as in the file, with escapes
 */
public record ContentLine(String name, Map<String, String> parameters, String value) {
    /** The maximum length of a line in bytes, without the line end. */
    private static final int FOLD = 75;

    /** Reads all lines. Skips lines without a value. */
    public static List<ContentLine> parse(String text) {
        List<ContentLine> lines = new ArrayList<>();
        StringBuilder unfolded = new StringBuilder();
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (!line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
                unfolded.append(line, 1, line.length());
                continue;
            }
            add(lines, unfolded.toString());
            unfolded.setLength(0);
            unfolded.append(line);
        }
        add(lines, unfolded.toString());
        return lines;
    }

    private static void add(List<ContentLine> lines, String line) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int index = 0; index < line.length(); index++) {
            char next = line.charAt(index);
            if (next == '"') {
                quoted = !quoted;
            } else if (!quoted && next == ':') {
                parts.add(part.toString());
                lines.add(of(parts, line.substring(index + 1)));
                return;
            } else if (!quoted && next == ';') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next);
            }
        }
    }

    private static ContentLine of(List<String> parts, String value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : parts.subList(1, parts.size())) {
            int equal = parameter.indexOf('=');
            if (equal > 0) {
                parameters.put(
                        parameter.substring(0, equal).strip().toUpperCase(Locale.ROOT), parameter.substring(equal + 1));
            }
        }
        return new ContentLine(parts.getFirst().strip().toUpperCase(Locale.ROOT), parameters, value);
    }

    public @Nullable String parameter(String wanted) {
        return parameters.get(wanted);
    }

    /** Returns the value as one text, without escapes. */
    public String text() {
        return texts(false).getFirst();
    }

    /** Returns the value as a list of texts, without escapes. */
    public List<String> texts() {
        return texts(true);
    }

    private List<String> texts(boolean isList) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < value.length(); index++) {
            char next = value.charAt(index);
            if (next == '\\' && index + 1 < value.length()) {
                char escaped = value.charAt(++index);
                text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
            } else if (isList && next == ',') {
                texts.add(text.toString());
                text.setLength(0);
            } else {
                text.append(next);
            }
        }
        texts.add(text.toString());
        return texts;
    }

    /** Returns a text with the escapes that the format requires. Line breaks become escaped line feeds. */
    public static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\r", "\\n");
    }

    /** Folds a line and adds a line end. Drops control characters, which the format does not allow. */
    public static String folded(String line) {
        StringBuilder folded = new StringBuilder();
        int bytes = 0;
        for (int index = 0; index < line.length(); ) {
            int character = line.codePointAt(index);
            index += Character.charCount(character);
            if (character < ' ' && character != '\t') {
                continue;
            }
            String written = Character.toString(character);
            int length = written.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + length > FOLD) {
                folded.append("\r\n ");
                bytes = 1;
            }
            folded.append(written);
            bytes += length;
        }
        return folded.append("\r\n").toString();
    }
}
