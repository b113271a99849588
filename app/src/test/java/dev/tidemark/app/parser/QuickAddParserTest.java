package dev.tidemark.app.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Repeat;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quick add recognises parts of a line, and leaves the rest in the title. */
class QuickAddParserTest {
    /** A Saturday. */
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 21, 14, 30, 0, 0, ZoneOffset.UTC);

    private static final List<String> LISTS = List.of("Home", "Home office", "Lisbon trip");
    private static final QuickAddParser ENGLISH = new QuickAddParser(Locale.ENGLISH);
    private static final QuickAddParser GERMAN = new QuickAddParser(Locale.GERMAN);

    private static QuickAdd english(String text) {
        return ENGLISH.parse(text, NOW, LISTS, Set.of());
    }

    private static QuickAdd german(String text) {
        return GERMAN.parse(text, NOW, LISTS, Set.of());
    }

    private static String due(QuickAdd understood) {
        return understood.due() == null ? "never" : understood.due().toString();
    }

    private static String repeat(QuickAdd understood) {
        return understood.due() == null || understood.due().repeat() == null
                ? "never"
                : understood.due().repeat().toString();
    }

    @Test
    void understandsALineWithEverything() {
        QuickAdd line = english("call mum tomorrow 5pm #family !high /Home every week");
        assertThat(line.title()).isEqualTo("call mum");
        assertThat(due(line)).isEqualTo("2026-11-22T17:00");
        assertThat(repeat(line)).isEqualTo("FREQ=WEEKLY;BYDAY=SU");
        assertThat(line.tags()).containsExactly("family");
        assertThat(line.priority()).isEqualTo(Priority.HIGH);
        assertThat(line.list()).isEqualTo("Home");
        assertThat(line.parts())
                .extracting(QuickAdd.Part::text)
                .containsExactly("tomorrow", "5pm", "#family", "!high", "/Home", "every week");
    }

    @Test
    void understandsTheSameInGerman() {
        QuickAdd line = german("Mama anrufen morgen um 17 Uhr #familie !hoch /Home jede Woche");
        assertThat(line.title()).isEqualTo("Mama anrufen");
        assertThat(due(line)).isEqualTo("2026-11-22T17:00");
        assertThat(repeat(line)).isEqualTo("FREQ=WEEKLY;BYDAY=SU");
        assertThat(line.tags()).containsExactly("familie");
        assertThat(line.priority()).isEqualTo(Priority.HIGH);
        assertThat(line.list()).isEqualTo("Home");
    }

    @ParameterizedTest
    @CsvSource({
        "pay rent today, 2026-11-21",
        "pay rent on Friday, 2026-11-27",
        "pay rent on sat, 2026-11-28",
        "pay rent next friday, 2026-11-27",
        "pay rent next week, 2026-11-23",
        "pay rent next month, 2026-12-01",
        "pay rent in 3 days, 2026-11-24",
        "pay rent in a week, 2026-11-28",
        "pay rent in 2 hours, 2026-11-21T16:30",
        "pay rent 24 Dec, 2026-12-24",
        "pay rent Dec 24th, 2026-12-24",
        "pay rent on the 1st of March, 2027-03-01",
        "pay rent 3 January 2030, 2030-01-03",
        "pay rent 2026-12-31 17:00, 2026-12-31T17:00",
        "pay rent 24.12., 2026-12-24",
        "pay rent 29 Feb, 2028-02-29",
        "pay rent at 5 pm, 2026-11-21T17:00",
        "pay rent 9am, 2026-11-22T09:00",
        "pay rent 9am today, 2026-11-21T09:00",
        "pay rent at noon tomorrow, 2026-11-22T12:00",
        "pay rent 12am tomorrow, 2026-11-22T00:00",
    })
    void understandsDaysAndTimes(String text, String expected) {
        assertThat(due(english(text))).isEqualTo(expected);
        assertThat(english(text).title()).startsWith("pay rent").hasSizeLessThan(13);
    }

    @ParameterizedTest
    @CsvSource({
        "Miete zahlen heute, 2026-11-21",
        "Miete zahlen übermorgen, 2026-11-23",
        "Miete zahlen am Freitag, 2026-11-27",
        "Miete zahlen bis Fr, 2026-11-27",
        "Miete zahlen nächsten Dienstag, 2026-11-24",
        "Miete zahlen nächste Woche, 2026-11-23",
        "Miete zahlen in drei Tagen, never",
        "Miete zahlen in 3 Tagen, 2026-11-24",
        "Miete zahlen in einer Woche, 2026-11-28",
        "Miete zahlen 24. Dezember, 2026-12-24",
        "Miete zahlen am 24.12., 2026-12-24",
        "Miete zahlen 1.3.2028 um 9 Uhr, 2028-03-01T09:00",
        "Miete zahlen 7 Uhr abends, 2026-11-22T07:00",
        "Miete zahlen um 18:15, 2026-11-21T18:15",
    })
    void understandsDaysAndTimesInGerman(String text, String expected) {
        assertThat(due(german(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "water plants every day | FREQ=DAILY | 2026-11-21",
                "water plants daily 9am | FREQ=DAILY | 2026-11-22T09:00",
                "water plants every 3 days | FREQ=DAILY;INTERVAL=3 | 2026-11-21",
                "water plants every! 3 days | AFTER FREQ=DAILY;INTERVAL=3 | 2026-11-21",
                "water plants every Monday | FREQ=WEEKLY;BYDAY=MO | 2026-11-23",
                "water plants every mon, wed and fri | FREQ=WEEKLY;BYDAY=MO,WE,FR | 2026-11-23",
                "water plants every other week tomorrow | FREQ=WEEKLY;INTERVAL=2;BYDAY=SU | 2026-11-22",
                "water plants every weekday | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | 2026-11-23",
                "water plants every month | FREQ=MONTHLY;BYMONTHDAY=21 | 2026-11-21",
                "water plants every last Friday | FREQ=MONTHLY;BYDAY=-1FR | 2026-11-27",
                "water plants yearly 24 Dec | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 | 2026-12-24",
            })
    void understandsHowThingsComeAgain(String text, String rule, String first) {
        assertThat(repeat(english(text))).isEqualTo(rule);
        assertThat(due(english(text))).isEqualTo(first);
        assertThat(english(text).title()).isEqualTo("water plants");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Blumen gießen alle 3 Tage | FREQ=DAILY;INTERVAL=3",
                "Blumen gießen jeden Montag und Freitag | FREQ=WEEKLY;BYDAY=MO,FR",
                "Blumen gießen jede zweite Woche | FREQ=WEEKLY;INTERVAL=2;BYDAY=SA",
                "Blumen gießen werktags | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "Blumen gießen jeden ersten Dienstag | FREQ=MONTHLY;BYDAY=1TU",
                "Blumen gießen jährlich | FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=21",
            })
    void understandsHowThingsComeAgainInGerman(String text, String rule) {
        assertThat(repeat(german(text))).isEqualTo(rule);
        assertThat(german(text).title()).isEqualTo("Blumen gießen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fix issue #12 in room 5",
                "Look at the sun and what he sat on",
                "Read /etc/passwd and 1/2 of the rest",
                "Wow! That may cost 17.30",
                "Every cloud has a silver lining",
                "Note 99:99, 2026-13-45 and 31 February",
                "in 3 ways, at least, on top, next door",
                "tomorrow",
                "#shopping !high",
                "!unheard #",
                "   ",
            })
    void neverEatsWhatItDoesNotUnderstand(String text) {
        QuickAdd line = english(text);
        assertThat(line.title()).isEqualTo(text.strip());
        assertThat(line.due()).isNull();
        assertThat(line.parts()).isEmpty();
    }

    @Test
    void germanWordsThatSoundAlikeStay() {
        assertThat(german("Allen guten Morgen wünschen").due()).isNull();
        assertThat(german("So geht es: do it").title()).isEqualTo("So geht es: do it");
        assertThat(due(german("Morgen Zahnarzt anrufen"))).isEqualTo("2026-11-22");
    }

    @Test
    void theLastOfTwoDatesCounts() {
        QuickAdd line = english("Prepare Monday meeting on Friday");
        assertThat(line.title()).isEqualTo("Prepare Monday meeting");
        assertThat(due(line)).isEqualTo("2026-11-27");
    }

    @Test
    void marksAroundAPhraseStayWithTheText() {
        QuickAdd line = english("Call Bob tomorrow, then (if at home) Eve #calls, #urgent");
        assertThat(line.title()).isEqualTo("Call Bob, then (if at home) Eve,");
        assertThat(line.tags()).containsExactly("calls", "urgent");
    }

    @Test
    void findsListsOfSeveralWordsAndMakesOthers() {
        assertThat(english("print tickets /lisbon trip today").list()).isEqualTo("Lisbon trip");
        assertThat(english("print tickets /lisbon trip today").title()).isEqualTo("print tickets");
        assertThat(english("new desk /home office").list()).isEqualTo("Home office");
        assertThat(english("new desk /homework").list()).isEqualTo("homework");
        assertThat(english("new desk /\"Garden shed\" today").list()).isEqualTo("Garden shed");
    }

    @Test
    void whatThePersonRefusesIsPartOfTheTitle() {
        QuickAdd line = ENGLISH.parse("Watch Friday night today", NOW, LISTS, Set.of("today"));
        assertThat(line.title()).isEqualTo("Watch night today");
        assertThat(due(line)).isEqualTo("2026-11-27");
    }

    /**
     * Random lines of words that it knows and words that it does not: what is understood and the title are the line.
     */
    @Test
    void theTitleAndThePartsAreTheWholeLine() {
        long seed = 20261121;
        Random random = new Random(seed);
        List<String> words = List.of(
                "every",
                "every!",
                "3",
                "days",
                "tomorrow,",
                "at",
                "5pm",
                "on",
                "fri",
                "in",
                "a",
                "week",
                "#tag",
                "!high",
                "/Home",
                "next",
                "24",
                "Dec",
                "2027",
                "mum",
                "(call)",
                "noon;",
                "other",
                "last",
                "and",
                "12.12.",
                "über");
        for (int line = 0; line < 5_000; line++) {
            StringBuilder typed = new StringBuilder();
            for (int word = random.nextInt(12); word >= 0; word--) {
                typed.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            QuickAdd understood = english(typed.toString());
            StringBuilder rest = new StringBuilder(typed);
            for (QuickAdd.Part part : understood.parts().reversed()) {
                assertThat(rest.substring(
                                part.start(), part.start() + part.text().length()))
                        .isEqualTo(part.text());
                rest.delete(part.start(), part.start() + part.text().length());
            }
            assertThat(understood.title().replace(" ", ""))
                    .as("seed %d, line %d: %s", seed, line, typed)
                    .isEqualTo(rest.toString().replace(" ", ""));
        }
    }

    @Test
    void bothLanguagesHaveWordsForEveryMeaning() {
        ResourceBundle german = ResourceBundle.getBundle("dev.tidemark.resources.quick", Locale.GERMAN);
        ResourceBundle english = ResourceBundle.getBundle("dev.tidemark.resources.quick", Locale.ROOT);
        assertThat(german.getLocale()).isEqualTo(Locale.GERMAN);
        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet()).noneMatch(key -> english.getString(key).isBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "Friday, 2026-11-27T17:00 FREQ=DAILY",
        "Friday 9am, 2026-11-27T09:00 FREQ=DAILY",
        "9:30, 2026-12-01T09:30 FREQ=DAILY",
        "every week, 2026-12-01T17:00 FREQ=WEEKLY;BYDAY=TU",
        "24 Dec, 2026-12-24T17:00 FREQ=DAILY"
    })
    void whatATypedDateDoesNotNameStaysAsItWas(String typed, String expected) {
        Due before = new Due(LocalDate.of(2026, 12, 1), LocalTime.of(17, 0), Repeat.daily(1));
        Due due = ENGLISH.parseDue(typed, NOW, before);
        assertThat(due + " " + (due == null ? "" : due.repeat())).isEqualTo(expected);
    }

    @Test
    void aTypedDateIsNothingButADate() {
        assertThat(ENGLISH.parseDue("tomorrow", NOW, null)).isEqualTo(new Due(LocalDate.of(2026, 11, 22)));
        assertThat(GERMAN.parseDue("morgen 17 Uhr", NOW, null))
                .isEqualTo(new Due(LocalDate.of(2026, 11, 22), LocalTime.of(17, 0)));
        for (String other : List.of("", "milk", "tomorrow milk", "tomorrow #tag", "today tomorrow", "!high")) {
            assertThat(ENGLISH.parseDue(other, NOW, null)).as(other).isNull();
        }
    }

    @Test
    void hoursPassAsTheyDoAndDaysByTheCalendarWhereClocksChange() {
        ZonedDateTime before = ZonedDateTime.of(2027, 3, 28, 1, 30, 0, 0, ZoneId.of("Europe/Berlin"));
        assertThat(ENGLISH.parseDue("in 1 hour", before, null)).isEqualTo(Due.parse("2027-03-28T03:30"));
        assertThat(ENGLISH.parseDue("in 2 hours", before, null)).isEqualTo(Due.parse("2027-03-28T04:30"));
        assertThat(ENGLISH.parseDue("in 1 day", before, null)).isEqualTo(Due.parse("2027-03-29"));
        ZonedDateTime summer = ZonedDateTime.of(2026, 10, 25, 1, 30, 0, 0, ZoneId.of("Europe/Berlin"));
        assertThat(ENGLISH.parseDue("in 3 hours", summer, null)).isEqualTo(Due.parse("2026-10-25T03:30"));
    }
}
