package dev.tidemark.app.parser;

import dev.tidemark.app.dates.DateGrammar;
import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.dates.Vocabulary;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.parser.QuickAdd.Part;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a line such as {@code call mum tomorrow 5pm #family !high /Home every week}, in English or German.
 * Unrecognised text stays in the title. A line can have several tags. Of several phrases of any other kind, only the
 * last one counts, and the others stay in the title. If the title would be empty, the whole line becomes the title.
 * Immutable.
 */
public final class QuickAddParser {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SPACE_BEFORE_MARK = Pattern.compile("\\s+(?=[,;:?!)](?:\\s|$))");
    private static final Set<PartKind> MANY = EnumSet.of(PartKind.TAG);

    private final Vocabulary vocabulary;

    /** @param locale the input language; any language other than German means English */
    public QuickAddParser(Locale locale) {
        vocabulary = new Vocabulary(locale);
    }

    /**
     * Parses a line.
     *
     * @param text the line as the user typed it; line breaks count as spaces
     * @param now the present time in the user's time zone
     * @param lists the names of the existing lists
     * @param literal the phrases that the parser must leave in the title, although it would recognise them
     */
    public QuickAdd parse(String text, ZonedDateTime now, Collection<String> lists, Set<String> literal) {
        TokenSequence words = TokenSequence.of(text);
        return build(words, lastOfEachKind(matches(words, now, new MarkGrammar(vocabulary, lists), literal)), now);
    }

    /**
     * Parses a due date such as {@code Friday 5pm} or {@code every week}.
     *
     * @param before the previous due date, which supplies the parts that the text does not contain; {@code null} for
     *     none
     * @return the due date; {@code null} if the text contains anything other than a due date
     */
    public @Nullable Due parseDue(String text, ZonedDateTime now, @Nullable Due before) {
        TokenSequence words = TokenSequence.of(text);
        List<Match> matches = matches(words, now, null, Set.of());
        boolean isTwice = lastOfEachKind(matches).size() < matches.size();
        if (matches.isEmpty() || isTwice || !title(words, matches).isEmpty()) {
            return null;
        }
        ItemDraft draft = new ItemDraft(now.toLocalDateTime());
        matches.forEach(match -> match.effect().accept(draft));
        if (before != null) {
            draft.fillFrom(before);
        }
        return draft.due();
    }

    private List<Match> matches(
            TokenSequence words, ZonedDateTime now, @Nullable MarkGrammar marks, Set<String> literal) {
        List<Match> matches = new ArrayList<>();
        DateGrammar dates = new DateGrammar(vocabulary, now);
        RepeatGrammar repeats = new RepeatGrammar(vocabulary, dates);
        TimeGrammar times = new TimeGrammar(vocabulary);
        int index = 0;
        while (index < words.tokens().size()) {
            Match match = first(
                    repeats.at(words, index),
                    date(words, index, dates.at(words, index)),
                    times.at(words, index),
                    marks == null ? null : marks.at(words, index));
            if (match == null || literal.contains(text(words, match))) {
                index++;
            } else {
                matches.add(match);
                index = match.to();
            }
        }
        return matches;
    }

    private static @Nullable Match date(TokenSequence words, int from, DateGrammar.@Nullable Phrase phrase) {
        return phrase == null
                ? null
                : Match.of(PartKind.DATE, words, from, phrase.to(), draft -> {
                    draft.date = phrase.date();
                    draft.time = phrase.time() == null ? draft.time : phrase.time();
                });
    }

    private static @Nullable Match first(@Nullable Match... candidates) {
        for (Match candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return null;
    }

    private static String text(TokenSequence words, Match match) {
        return words.text().substring(start(words, match), match.end());
    }

    private static int start(TokenSequence words, Match match) {
        return words.tokens().get(match.from()).start();
    }

    private static List<Match> lastOfEachKind(List<Match> matches) {
        Set<PartKind> seen = EnumSet.noneOf(PartKind.class);
        List<Match> selected = new ArrayList<>();
        for (Match match : matches.reversed()) {
            if (MANY.contains(match.kind()) || seen.add(match.kind())) {
                selected.add(match);
            }
        }
        return selected.reversed();
    }

    private static QuickAdd build(TokenSequence words, List<Match> matches, ZonedDateTime now) {
        String title = title(words, matches);
        List<Match> used = title.isEmpty() ? List.of() : matches;
        ItemDraft draft = new ItemDraft(now.toLocalDateTime());
        used.forEach(match -> match.effect().accept(draft));
        return new QuickAdd(
                title.isEmpty() ? title(words, List.of()) : title,
                draft.due(),
                draft.tags.stream().distinct().toList(),
                draft.priority,
                draft.list,
                used.stream()
                        .map(match -> new Part(match.kind(), start(words, match), text(words, match)))
                        .toList());
    }

    private static String title(TokenSequence words, List<Match> matches) {
        StringBuilder title = new StringBuilder();
        int from = 0;
        for (Match match : matches) {
            title.append(words.text(), from, start(words, match)).append(' ');
            from = match.end();
        }
        title.append(words.text().substring(from));
        String tidy = matches.isEmpty()
                ? title.toString()
                : SPACE_BEFORE_MARK.matcher(title).replaceAll("");
        return SPACES.matcher(tidy).replaceAll(" ").strip();
    }
}
