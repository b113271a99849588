package dev.tidemark.app.parser;

import dev.tidemark.app.dates.DateGrammar;
import dev.tidemark.app.dates.Token;
import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.dates.Vocabulary;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses repeat rules: every week, every Monday and Friday, every 3 days, every! 3 days. */
record RepeatGrammar(Vocabulary vocabulary, DateGrammar dates) {
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "last");
    private static final int LAST = -1;
    private static final int MAX_COUNT = 1_000;

    /** Returns the repeat phrase that begins at this word; {@code null} if none does. */
    @Nullable
    Match at(TokenSequence words, int index) {
        Token token = words.at(index);
        if (token == null) {
            return null;
        }
        if (vocabulary.means(token, "weekdays")) {
            return match(words, index, index + 1, false, day -> Repeat.weekdays());
        }
        ChronoUnit unit = adverb(token);
        if (unit != null) {
            return match(words, index, index + 1, false, day -> every(unit, 1, day));
        }
        // The tokenizer has split the exclamation mark of "every!" from the word.
        boolean after = vocabulary.means(token, "every") && token.marks().equals("!");
        boolean every =
                after || (vocabulary.means(token, "every") && token.marks().isEmpty());
        return every ? phrase(words, index, after) : null;
    }

    private @Nullable ChronoUnit adverb(Token token) {
        return switch (vocabulary.index(token, "", List.of("daily", "weekly", "monthly", "yearly"))) {
            case 0 -> ChronoUnit.DAYS;
            case 1 -> ChronoUnit.WEEKS;
            case 2 -> ChronoUnit.MONTHS;
            case 3 -> ChronoUnit.YEARS;
            default -> null;
        };
    }

    private @Nullable Match phrase(TokenSequence words, int index, boolean after) {
        int next = index + 1;
        Token token = words.at(next);
        if (vocabulary.means(token, "weekday")) {
            return match(words, index, next + 1, after, day -> Repeat.weekdays());
        }
        Match ordinal = ordinal(words, index, after);
        if (ordinal != null) {
            return ordinal;
        }
        int interval = vocabulary.means(token, "other") ? 2 : vocabulary.number(token);
        int unitAt = interval > 0 ? next + 1 : next;
        int number = Math.max(interval, 1);
        if (number > MAX_COUNT) {
            return null;
        }
        Token unitWord = interval > 0 ? words.following(unitAt) : token;
        ChronoUnit unit = dates.unit(unitWord);
        if (unit != null && unit.isDateBased()) {
            return match(words, index, unitAt + 1, after, day -> every(unit, number, day));
        }
        return days(words, index, unitAt, number, after);
    }

    /** Parses a phrase such as "every first Monday", which means the first Monday of each month. */
    private @Nullable Match ordinal(TokenSequence words, int index, boolean after) {
        int ordinal = vocabulary.index(words.at(index + 1), "ordinal.", ORDINALS);
        DayOfWeek day = dates.weekday(words.following(index + 2), true);
        if (ordinal < 0 || day == null) {
            return null;
        }
        int which = ordinal == ORDINALS.size() - 1 ? LAST : ordinal + 1;
        return match(words, index, index + 3, after, first -> Repeat.monthly(1, which, day));
    }

    /** Parses a list of weekdays, such as "Monday, Wednesday and Friday". */
    private @Nullable Match days(TokenSequence words, int index, int first, int number, boolean after) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        int end = first;
        for (int at = first; ; at++) {
            boolean joined = at > first && vocabulary.means(words.at(at), "and");
            DayOfWeek day = dates.weekday(words.at(joined ? at + 1 : at), true);
            Token before = words.at(at - 1);
            boolean listed =
                    at == first || joined || (before != null && before.marks().equals(","));
            if (day == null || !listed) {
                break;
            }
            days.add(day);
            at = joined ? at + 1 : at;
            end = at + 1;
        }
        return days.isEmpty() ? null : match(words, index, end, after, day -> Repeat.weekly(number, days));
    }

    private static Repeat every(ChronoUnit unit, int interval, LocalDate day) {
        return switch (unit) {
            case WEEKS -> Repeat.weekly(interval, Set.of(day.getDayOfWeek()));
            case MONTHS -> Repeat.monthly(interval, day);
            case YEARS -> Repeat.yearly(interval, day);
            default -> Repeat.daily(interval);
        };
    }

    private static Match match(TokenSequence words, int from, int to, boolean after, Function<LocalDate, Repeat> rule) {
        Function<LocalDate, Repeat> counted = after ? day -> rule.apply(day).fromCompletion() : rule;
        return Match.of(PartKind.REPEAT, words, from, to, draft -> draft.repeat = counted);
    }
}
