package dev.tidemark.app.model;

import dev.tidemark.app.dates.DateGrammar;
import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.dates.Vocabulary;
import dev.tidemark.app.model.Search.Field;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Translates the field operators of a search to conditions. Operators and values are the same in every language,
 * because saved searches sync. Dates may be written in any of {@link #LANGUAGES}, which are tried in this order.
 */
final class SearchOperators {
    private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>|=|)(.+)");
    private static final List<Vocabulary> LANGUAGES =
            List.of(new Vocabulary(Locale.ENGLISH), new Vocabulary(Locale.GERMAN));
    private static final String NO_LIST = "NOT EXISTS (SELECT 1 FROM list WHERE list.id = i.list_id)";

    private final LocalDate today;

    SearchOperators(LocalDate today) {
        this.today = today;
    }

    /** Returns the condition, or {@code null} if the operator or the value is unknown. */
    @Nullable
    Field field(String operator, String value) {
        String text = value.strip();
        if (text.isEmpty()) {
            return null;
        }
        return switch (operator) {
            case "tag" -> tag(text);
            case "list" -> list(text);
            case "due" -> due(text.toLowerCase(Locale.ROOT));
            case "is" -> state(text.toLowerCase(Locale.ROOT));
            case "has" -> part(text.toLowerCase(Locale.ROOT));
            case "priority" -> priority(text);
            default -> null;
        };
    }

    private static Field tag(String text) {
        String name = text.replaceFirst("^#+", "");
        List<Object> names = spellings(name);
        return field(
                "i.id IN (SELECT item_id FROM tag WHERE name COLLATE NOCASE IN (" + placeholders(names) + "))", names);
    }

    private static Field list(String text) {
        List<Object> names = spellings(text);
        String named = "i.list_id IN (SELECT id FROM list WHERE name COLLATE NOCASE IN (" + placeholders(names) + "))";
        boolean isInbox = text.equalsIgnoreCase("inbox") || text.equalsIgnoreCase("none");
        return field(isInbox ? "(" + NO_LIST + " OR " + named + ")" : named, names);
    }

    /**
     * Returns the usual upper-case and lower-case spellings of a name, because SQLite's NOCASE folds only ASCII
     * letters.
     */
    private static List<Object> spellings(String name) {
        Set<Object> all = new LinkedHashSet<>();
        String stored = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC);
        int first = stored.isEmpty() ? 0 : stored.offsetByCodePoints(0, 1);
        all.add(stored);
        all.add(stored.toLowerCase(Locale.ROOT));
        all.add(stored.toUpperCase(Locale.ROOT));
        all.add(stored.substring(0, first).toUpperCase(Locale.ROOT)
                + stored.substring(first).toLowerCase(Locale.ROOT));
        return new ArrayList<>(all);
    }

    private static String placeholders(List<Object> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private @Nullable Field due(String text) {
        Matcher compared = COMPARED.matcher(text);
        if (!compared.matches()) {
            return null;
        }
        String sign = compared.group(1);
        String value = compared.group(2);
        if (sign.isEmpty()) {
            switch (value) {
                case "none", "never" -> {
                    return field("i.due IS NULL", List.of());
                }
                case "any" -> {
                    return field("i.due IS NOT NULL", List.of());
                }
                case "overdue" -> {
                    return overdue();
                }
                case "week" -> {
                    return between(today, today.plusDays(7));
                }
                default -> {}
            }
        }
        LocalDate day = day(value);
        return day == null ? null : compared(sign, day);
    }

    private static Field compared(String sign, LocalDate day) {
        LocalDate next = day.plusDays(1);
        return switch (sign) {
            case "<" -> field("i.due < ?", List.of(day.toString()));
            case "<=" -> field("i.due < ?", List.of(next.toString()));
            case ">" -> field("i.due >= ?", List.of(next.toString()));
            case ">=" -> field("i.due >= ?", List.of(day.toString()));
            default -> between(day, next);
        };
    }

    private static Field between(LocalDate from, LocalDate to) {
        return field("(i.due >= ? AND i.due < ?)", List.of(from.toString(), to.toString()));
    }

    private @Nullable LocalDate day(String value) {
        if (value.equals("yesterday")) {
            return today.minusDays(1);
        }
        TokenSequence words = TokenSequence.of(value);
        // If no language can parse the value, the search treats it as a word, because no input is an error.
        return LANGUAGES.stream()
                .map(language -> new DateGrammar(language, today.atStartOfDay(ZoneOffset.UTC)).day(words))
                .filter(Objects::nonNull)
                // Outside these years, dates as text do not sort chronologically.
                .filter(day -> day.getYear() >= 0 && day.getYear() < 9_999)
                .findFirst()
                .orElse(null);
    }

    private Field overdue() {
        return field("(i.done = 0 AND i.due < ?)", List.of(today.toString()));
    }

    private @Nullable Field state(String value) {
        return switch (value) {
            case "done" -> new Field("i.done <> 0", List.of(), true, false, false);
            case "open" -> field("i.done = 0", List.of());
            case "note" -> field("i.kind = 'note'", List.of());
            case "todo" -> field("i.kind <> 'note'", List.of());
            case "overdue" -> overdue();
            case "repeating" -> field("instr(i.due, ' ') > 0", List.of());
            case "trashed" -> new Field("i.trashed <> 0", List.of(), true, true, false);
            default -> null;
        };
    }

    private static @Nullable Field part(String value) {
        return switch (value) {
            case "attachment", "attachments" ->
                field("EXISTS (SELECT 1 FROM attachment a WHERE a.item_id = i.id)", List.of());
            case "tag", "tags" -> field("EXISTS (SELECT 1 FROM tag t WHERE t.item_id = i.id)", List.of());
            case "due", "date" -> field("i.due IS NOT NULL", List.of());
            case "text" -> field(ItemQueries.BODY + " <> ''", List.of());
            case "list" -> field("NOT " + NO_LIST, List.of());
            case "priority" -> field("i.priority > 0", List.of());
            case "reminder" -> field("i.reminder IS NOT NULL", List.of());
            default -> null;
        };
    }

    private static @Nullable Field priority(String value) {
        for (Priority priority : Priority.values()) {
            if (priority.text().equalsIgnoreCase(value)) {
                return field("i.priority = ?", List.of(priority.stored()));
            }
        }
        return null;
    }

    private static Field field(String sql, List<Object> parameters) {
        return new Field(sql, parameters, false, false, false);
    }
}
