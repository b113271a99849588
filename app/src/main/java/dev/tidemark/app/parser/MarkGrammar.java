package dev.tidemark.app.parser;

import dev.tidemark.app.dates.Token;
import dev.tidemark.app.dates.TokenSequence;
import dev.tidemark.app.dates.Vocabulary;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.parser.QuickAdd.PartKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses words with a leading mark: {@code #tag}, {@code !high}, {@code /list}. */
final class MarkGrammar {
    /** A tag has at least one letter, because {@code #12} is an issue or house number. */
    private static final Pattern TAG = Pattern.compile("#((?=[^#]*\\p{L})[^\\s#]+)");

    private static final Pattern LIST = Pattern.compile("/([\\p{L}\\p{N}][\\p{L}\\p{N}_&+.'-]*)");
    private static final Pattern QUOTED_LIST = Pattern.compile("/\"([^\"]*[^\"\\s][^\"]*)\"");

    private final Vocabulary vocabulary;
    private final List<String> lists;

    /** @param lists the names of the existing lists */
    MarkGrammar(Vocabulary vocabulary, Collection<String> lists) {
        this.vocabulary = vocabulary;
        this.lists = lists.stream()
                .filter(name -> !name.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Returns the phrase that begins at this word; {@code null} if none does. */
    @Nullable
    Match at(TokenSequence words, int index) {
        Token token = words.tokens().get(index);
        Matcher tag = TAG.matcher(token.word());
        if (tag.matches()) {
            String name = tag.group(1);
            return Match.of(PartKind.TAG, words, index, index + 1, draft -> draft.tags.add(name));
        }
        if (token.word().startsWith("!")) {
            Token level = new Token(0, token.word().substring(1), "");
            Priority priority = vocabulary.constant(level, "priority.", Priority.values());
            return priority == null
                    ? null
                    : Match.of(PartKind.PRIORITY, words, index, index + 1, draft -> draft.priority = priority);
        }
        return token.word().startsWith("/") ? list(words, index, token) : null;
    }

    private @Nullable Match list(TokenSequence words, int index, Token token) {
        String rest = words.text().substring(token.start());
        Optional<String> known =
                lists.stream().filter(name -> begins(rest.substring(1), name)).findFirst();
        if (known.isPresent()) {
            String name = known.get();
            return list(words, index, token.start() + 1 + name.length(), name);
        }
        Matcher quoted = QUOTED_LIST.matcher(rest);
        if (quoted.lookingAt()) {
            return list(
                    words, index, token.start() + quoted.end(), quoted.group(1).strip());
        }
        Matcher created = LIST.matcher(token.word());
        return created.matches() ? list(words, index, token.end(), created.group(1)) : null;
    }

    private static Match list(TokenSequence words, int from, int end, String name) {
        int to = from;
        while (to < words.tokens().size() && words.tokens().get(to).start() < end) {
            to++;
        }
        return new Match(PartKind.LIST, from, to, end, draft -> draft.list = name);
    }

    /** Returns whether the text begins with this name as a whole word, ignoring case. */
    private static boolean begins(String text, String name) {
        return text.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT))
                && text.length() >= name.length()
                && (text.length() == name.length() || !Character.isLetterOrDigit(text.charAt(name.length())));
    }
}
