package dev.tidemark.app.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.fuzz.Mutations;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line of quick add becomes an item or is rejected with a message. */
class QuickAddFuzzTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 21, 14, 30, 0, 0, ZoneOffset.UTC);

    private static final QuickAddParser ENGLISH = new QuickAddParser(Locale.ENGLISH);
    private static final QuickAddParser GERMAN = new QuickAddParser(Locale.GERMAN);

    @MethodSource("soundEnglish")
    @FuzzTest
    void english(byte[] input) {
        parse(ENGLISH, input);
    }

    @MethodSource("soundGerman")
    @FuzzTest
    void german(byte[] input) {
        parse(GERMAN, input);
    }

    private static void parse(QuickAddParser parser, byte[] input) {
        try {
            QuickAdd understood = parser.parse(Mutations.text(input), NOW, List.of("Home", "Home office"), Set.of());
            assertThat(understood.title()).isNotNull();
            understood.item(Kind.TODO, null);
        } catch (ProblemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    static List<byte[]> soundEnglish() {
        return Mutations.corpus(
                "Milk tomorrow at 5pm #tag !high /Home",
                "Rent every 2 weeks on fri until 31 Feb /Home office",
                "Call in 99999999999 days 24:61 2026-02-30",
                "Report every last friday next month 17:00 every! 3 days");
    }

    static List<byte[]> soundGerman() {
        return Mutations.corpus(
                "Milch morgen um 17 Uhr #Tag !hoch /Home",
                "Miete alle 2 Wochen am Fr bis 31.2. /Home office",
                "Anruf in 99999999999 Tagen 24:61 2026-02-30",
                "Bericht jeden letzten Freitag nächsten Monat jede! 3 Wochen");
    }

    @Test
    void mutationsOfEnglishLinesMakeItems() {
        Mutations.run(soundEnglish(), this::english);
    }

    @Test
    void mutationsOfGermanLinesMakeItems() {
        Mutations.run(soundGerman(), this::german);
    }
}
