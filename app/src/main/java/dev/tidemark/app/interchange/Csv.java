package dev.tidemark.app.interchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes comma-separated values (RFC 4180). Accepts LF, CRLF and CR line ends, and treats quotes in the
 * middle of a value as text. Stateless.
 */
public final class Csv {
    private Csv() {}

    /** Returns the records of a text. Lines without any value are left out. */
    public static List<List<String>> parse(String text, char separator) {
        List<List<String>> records = new ArrayList<>();
        List<String> current = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean started = false;
        for (int index = 0; index <= text.length(); index++) {
            boolean atEnd = index == text.length();
            char next = atEnd ? '\n' : text.charAt(index);
            if (quoted && !atEnd) {
                if (next != '"') {
                    value.append(next);
                } else if (index + 1 < text.length() && text.charAt(index + 1) == '"') {
                    value.append('"');
                    index++;
                } else {
                    quoted = false;
                }
            } else if (next == '"' && !started) {
                quoted = true;
                started = true;
            } else if (next == separator) {
                current.add(value.toString());
                value.setLength(0);
                started = false;
            } else if (next == '\n' || next == '\r') {
                current.add(value.toString());
                value.setLength(0);
                started = false;
                quoted = false;
                if (current.stream().anyMatch(each -> !each.isEmpty())) {
                    records.add(current);
                }
                current = new ArrayList<>();
            } else {
                value.append(next);
                started = true;
            }
        }
        return records;
    }

    /** Returns the separator of the values in a header, which is the most frequent of comma, semicolon and tab. */
    public static char separator(String text) {
        String header = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(each -> each == wanted).count();
    }

    /** Writes one record, without a line end. */
    public static String record(List<String> values) {
        List<String> written = new ArrayList<>();
        for (String value : values) {
            boolean isPlain =
                    value.chars().noneMatch(each -> each == '"' || each == ',' || each == '\n' || each == '\r')
                            && value.equals(value.strip());
            written.add(isPlain ? value : '"' + value.replace("\"", "\"\"") + '"');
        }
        return String.join(",", written);
    }
}
