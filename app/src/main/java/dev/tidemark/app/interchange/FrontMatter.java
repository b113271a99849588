package dev.tidemark.app.interchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * The fields at the beginning of a Markdown file, which are YAML between two lines {@code ---}. Only the part of YAML
 * that such files use is read: texts, and lists on one line or with a line for each entry. Anchors, aliases, types and
 * nested values are not supported. Text in double quotes is read and written as JSON, which is a part of YAML.
 * Immutable.
 *
 * @param fields the fields by name. Each value is a text or a list of texts
 * @param body the text after the fields
 */
public record FrontMatter(Map<String, Object> fields, String body) {
    private static final String FENCE = "---";
    private static final Pattern FIELD = Pattern.compile("([\\w][\\w?. -]{0,79}?)\\s*:(?:[ \\t]+(.*))?");
    private static final Pattern ENTRY = Pattern.compile("\\s*-[ \\t]+(.*)");

    /** Values that are written without quotes: dates and simple texts, except {@link #RESERVED}. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w ./=;,-]*[\\w]|\\d{4}-[\\d-]+(?:T[\\d:.]+Z?)?");

    private static final Pattern RESERVED = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    /** Reads the text of a file. If there is no front matter, the whole text is the body. */
    public static FrontMatter parse(String text) {
        int position = lineEnd(text, 0);
        if (!line(text, 0, position).equals(FENCE)) {
            return new FrontMatter(Map.of(), text);
        }
        List<String> lines = new ArrayList<>();
        while (position < text.length()) {
            int end = lineEnd(text, position);
            String line = line(text, position, end);
            position = end;
            if (line.equals(FENCE) || line.equals("...")) {
                return new FrontMatter(fields(lines), text.substring(position));
            }
            lines.add(line);
        }
        return new FrontMatter(Map.of(), text);
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static String line(String text, int from, int end) {
        return text.substring(from, end).stripTrailing();
    }

    private static Map<String, Object> fields(List<String> lines) {
        Map<String, Object> fields = new LinkedHashMap<>();
        @Nullable String last = null;
        for (String line : lines) {
            Matcher entry = ENTRY.matcher(line);
            Matcher field = FIELD.matcher(line);
            if (last != null && entry.matches()) {
                append(fields, last, scalar(entry.group(1)));
            } else if (field.matches()) {
                last = field.group(1);
                String value = field.group(2);
                fields.put(last, value == null ? "" : value(value.strip()));
            }
        }
        return fields;
    }

    private static void append(Map<String, Object> fields, String name, String value) {
        List<String> all = new ArrayList<>();
        if (fields.get(name) instanceof List<?> before) {
            before.forEach(each -> all.add(String.valueOf(each)));
        }
        all.add(value);
        fields.put(name, all);
    }

    private static Object value(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return scalar(text);
        }
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        char quote = 0;
        for (int index = 1; index < text.length() - 1; index++) {
            char next = text.charAt(index);
            if (next == ',' && quote == 0) {
                entries.add(scalar(entry.toString().strip()));
                entry.setLength(0);
                continue;
            }
            if (quote == 0 && (next == '"' || next == '\'') && entry.toString().isBlank()) {
                quote = next;
            } else if (next == quote && !isEscaped(text, index, quote)) {
                quote = 0;
            }
            entry.append(next);
        }
        if (!entry.toString().isBlank()) {
            entries.add(scalar(entry.toString().strip()));
        }
        return entries;
    }

    private static boolean isEscaped(String text, int index, char quote) {
        int before = index - 1;
        while (quote == '"' && before >= 0 && text.charAt(before) == '\\') {
            before--;
        }
        return (index - before) % 2 == 0;
    }

    private static String scalar(String text) {
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            try {
                return String.valueOf(JSON.std.anyFrom(text));
            } catch (JacksonException e) {
                // YAML has escapes that JSON lacks. Text with such escapes stays as written.
                return text.substring(1, text.length() - 1);
            }
        }
        return text.equals("null") || text.equals("~") ? "" : text;
    }

    /** Returns the field as text, or the first entry if the field is a list; empty if the field is missing. */
    public String text(String name) {
        return switch (fields.get(name)) {
            case String text -> text;
            case List<?> list when !list.isEmpty() -> String.valueOf(list.getFirst());
            case null, default -> "";
        };
    }

    /** Returns the field as a list; empty if the field is missing. */
    public List<String> list(String name) {
        return switch (fields.get(name)) {
            case String text when !text.isBlank() -> List.of(text);
            case List<?> list -> list.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    /** Returns the text of a file that {@link #parse} reads. Leaves out empty fields and empty lists. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FENCE).append('\n');
        fields.forEach((name, value) -> {
            String written = value instanceof List<?> list ? flow(list) : quoted(String.valueOf(value));
            if (!written.equals("[]") && !written.equals("\"\"")) {
                text.append(name).append(": ").append(written).append('\n');
            }
        });
        return text.append(FENCE).append('\n').append(body).toString();
    }

    private static String flow(List<?> list) {
        List<String> entries = list.stream()
                .map(each -> JSON.std.asString(String.valueOf(each)))
                .toList();
        return "[" + String.join(", ", entries) + "]";
    }

    private static String quoted(String value) {
        boolean isPlain =
                PLAIN.matcher(value).matches() && !RESERVED.matcher(value).matches();
        return isPlain ? value : JSON.std.asString(value);
    }
}
