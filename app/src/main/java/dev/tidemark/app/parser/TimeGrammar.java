package dev.tidemark.app.parser;

import dev.tidemark.app.dates.Token;
import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.dates.Vocabulary;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses times of day: 17:00, 5pm, at 5 pm, 17 Uhr, noon. */
record TimeGrammar(Vocabulary vocabulary) {
    private static final Pattern CLOCK =
            Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?([a-z.]*)", Pattern.CASE_INSENSITIVE);
    private static final int HOURS_OF_HALF_A_DAY = 12;

    /** Returns the time phrase that begins at this word; {@code null} if none does. */
    @Nullable
    Match at(TokenSequence words, int index) {
        boolean connected = vocabulary.means(words.at(index), "at");
        int first = connected ? index + 1 : index;
        Token token = connected ? words.following(first) : words.at(first);
        if (token == null) {
            return null;
        }
        if (vocabulary.means(token, "noon")) {
            return time(words, index, first + 1, LocalTime.NOON);
        }
        Matcher clock = CLOCK.matcher(token.word());
        if (!clock.matches()) {
            return null;
        }
        boolean glued = !clock.group(3).isEmpty();
        Token half = glued ? new Token(0, clock.group(3), "") : words.following(first + 1);
        int hour = Integer.parseInt(clock.group(1));
        int minute = clock.group(2) == null ? 0 : Integer.parseInt(clock.group(2));
        boolean named = half != null && isUnit(half);
        if (glued && !named) {
            return null;
        }
        // A number without a colon needs a word such as "at" or "pm", because 17.30 may be a price.
        boolean plain = clock.group(2) != null && clock.group(0).contains(":");
        if (!named && !plain && !connected) {
            return null;
        }
        LocalTime time = time(hour, minute, named ? half : null);
        return time == null ? null : time(words, index, named && !glued ? first + 2 : first + 1, time);
    }

    private static Match time(TokenSequence words, int from, int to, LocalTime time) {
        return Match.of(PartKind.TIME, words, from, to, draft -> draft.time = time);
    }

    private boolean isUnit(Token token) {
        return vocabulary.means(token, "am") || vocabulary.means(token, "pm") || vocabulary.means(token, "o-clock");
    }

    private @Nullable LocalTime time(int hour, int minute, @Nullable Token half) {
        boolean morning = vocabulary.means(half, "am");
        boolean afternoon = vocabulary.means(half, "pm");
        int shown = hour;
        if (morning || afternoon) {
            if (hour < 1 || hour > HOURS_OF_HALF_A_DAY) {
                return null;
            }
            shown = hour % HOURS_OF_HALF_A_DAY + (afternoon ? HOURS_OF_HALF_A_DAY : 0);
        }
        return shown > 23 || minute > 59 ? null : LocalTime.of(shown, minute);
    }
}
