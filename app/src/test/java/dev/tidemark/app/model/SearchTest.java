package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @TempDir
    static Path folder;

    private static Database database;
    private static Items items;

    private final List<UUID> added = new ArrayList<>();

    @BeforeAll
    static void fill() {
        database = Database.open(folder.resolve("library.db"), LibrarySchema.SCHEMA);
        items = new Items(database);
        UUID home = new Lists(database).add("Küche");
        items.add(NewItem.todo("Buy milk").withTags(List.of("Shop", "two words")));
        items.add(NewItem.todo("Call Zoë about the café")
                .withDue(Due.parse("2026-11-21T17:00"))
                .withPriority(Priority.HIGH));
        items.add(NewItem.note("Recipe")
                .withBody("Milk rice: one litre of milk, stirred often")
                .inList(home));
        items.add(NewItem.todo("Pay 1.50 for C++ 🎉").withDue(Due.parse("2026-11-20")));
        items.add(NewItem.todo("Plan").withDue(Due.parse("2026-12-30")).inList(home));
        items.setDone(items.add(NewItem.todo("Milked the cow")), true);
        items.trash(items.add(NewItem.todo("Sour milk")));
        items.inTransaction(writer ->
                writer.attach(writer.add(NewItem.todo("Send the scan")), "scan.pdf", BlobId.of(new byte[32]), 10));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** All tests search the same library. */
    @AfterEach
    void purgeWhatTheTestAdded() {
        added.forEach(items::purge);
    }

    private void add(NewItem item) {
        added.add(items.add(item));
    }

    private List<String> found(String text) {
        return database
                .list(ItemQueries.rows(
                        new ItemSource.SearchResults(text, TODAY, null), ViewOptions.DEFAULT.by(Sort.TITLE)))
                .stream()
                .map(ItemRow::title)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "milk | Buy milk, Recipe, Milked the cow",
                "mil | Buy milk, Recipe, Milked the cow",
                "MILK buy | Buy milk",
                "zoe CAFE | Call Zoë about the café",
                "\"milk rice\" | Recipe",
                "\"rice milk\" | ''",
                "\"stirred oft\" | ''",
                "\"stirred oft | Recipe",
                "milk -rice | Buy milk, Milked the cow",
                "-milk | Call Zoë about the café, Pay 1.50 for C++ 🎉, Plan, Send the scan",
                "tag:shop | Buy milk",
                "tag:#SHOP milk | Buy milk",
                "tag:\"two words\" | Buy milk",
                "-tag:shop milk | Recipe, Milked the cow",
                "list:küche | Plan, Recipe",
                "list:KÜCHE -is:note | Plan",
                "list:inbox milk | Buy milk, Milked the cow",
                "due:today | Call Zoë about the café",
                "due:<2026-12-31 | Call Zoë about the café, Pay 1.50 for C++ 🎉, Plan",
                "due:<=2026-11-20 | Pay 1.50 for C++ 🎉",
                "due:>today | Plan",
                "due:heute | Call Zoë about the café",
                "due:<tomorrow | Call Zoë about the café, Pay 1.50 for C++ 🎉",
                "due:<Freitag | Call Zoë about the café, Pay 1.50 for C++ 🎉",
                "due:<fri | Call Zoë about the café, Pay 1.50 for C++ 🎉",
                "due:>fr | Plan",
                "due:<1.12. | Call Zoë about the café, Pay 1.50 for C++ 🎉",
                "due:>=30.12.2026 | Plan",
                "due:\"30 December\" | Plan",
                "due:\"am 30. Dezember\" | Plan",
                "due:\"<in 5 weeks\" | Call Zoë about the café, Pay 1.50 for C++ 🎉",
                "due:\"in 2 hours\" | ''",
                "due:morgen | ''",
                "due:>=2026-12-30 | Plan",
                "due:2026-12-30 | Plan",
                "due:overdue | Pay 1.50 for C++ 🎉",
                "due:week | Call Zoë about the café",
                "-due:none | Call Zoë about the café, Pay 1.50 for C++ 🎉, Plan",
                "is:done | Milked the cow",
                "is:open milk | Buy milk, Recipe",
                "is:note | Recipe",
                "is:trashed | Sour milk",
                "has:attachment | Send the scan",
                "has:text | Recipe",
                "priority:high | Call Zoë about the café",
                "🎉 | Pay 1.50 for C++ 🎉",
                "milk -🎉 | Buy milk, Recipe, Milked the cow",
                "1.50 | Pay 1.50 for C++ 🎉",
                "is:purple | ''",
                "due:soon | ''",
                "nothing:here | ''",
                "'' | Buy milk, Call Zoë about the café, Pay 1.50 for C++ 🎉, Plan, Recipe, Send the scan, Milked the"
                        + " cow",
            })
    void findsWhatTheLineSays(String text, String titles) {
        assertThat(String.join(", ", found(text))).isEqualTo(titles);
    }

    /** These are written without blanks between words. */
    @ParameterizedTest
    @CsvSource({
        "牛乳, 明日は牛乳を買う",
        "を買, 明日は牛乳を買う",
        "-牛乳 日, 今日はパン",
        "手机, 新iPhone手机壳",
        "IPHONE手机, 新iPhone手机壳",
        "우유, 서울우유 사기",
        "นม, ซื้อนมพรุ่งนี้",
    })
    void wordsAreFoundWithinARunOfThem(String text, String title) {
        for (String each : List.of("明日は牛乳を買う", "今日はパン", "新iPhone手机壳", "서울우유 사기", "ซื้อนมพรุ่งนี้")) {
            add(NewItem.todo(each));
        }
        assertThat(database
                        .list(ItemQueries.rows(
                                new ItemSource.SearchResults(text, LocalDate.of(2026, 11, 21), null), true))
                        .stream()
                        .map(ItemRow::title))
                .containsExactly(title);
    }

    @Test
    void whatIsNotUnderstoodIsLookedForAsText() {
        add(NewItem.todo("See http://example.org/a is:purple due:soon"));
        assertThat(found("http://example.org")).hasSize(1);
        assertThat(found("is:purple")).hasSize(1);
        assertThat(found("due:soon")).hasSize(1);
        assertThat(found("due:")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"",
                "-",
                "--",
                "*",
                "a*",
                "^a",
                "NEAR(a b)",
                "a AND",
                "OR",
                "NOT",
                "(",
                ")",
                "{title}: x",
                "title:milk",
                "'",
                "\u0000",
                "a\u0000b",
                "\ud83d",
                "\u0301",
                "\ud83a\udd00",
                "a - b",
                "-\"",
                "tag:",
                "tag:\"",
                "due:<",
                "due:<>",
                "due:99999-01-01",
                "due:-1-01-01",
                "is:",
                "%",
                "_",
                "\\",
                "list:%",
                "has:\"a b\"",
                ":",
                "::",
                "a:b:c",
                "\u202e",
                "+milk"
            })
    void noLineIsAnError(String text) {
        assertThat(found(text)).isNotNull();
        assertThat(found("milk " + text)).isNotNull();
        assertThat(found("-" + text)).isNotNull();
    }

    @Test
    void noRandomLineIsAnError() {
        long seed = Long.getLong("tidemark.seed", 15);
        Random random = new Random(seed);
        String signs = "ab \"-:*()^{}'<>=+.,\\/#!tagisduelist0129é漢🎉\t";
        int[] points = signs.codePoints().toArray();
        for (int round = 0; round < 400; round++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(20); length >= 0; length--) {
                line.appendCodePoint(points[random.nextInt(points.length)]);
            }
            assertThat(found(line.toString()))
                    .as("seed %s, line %s", seed, line)
                    .isNotNull();
        }
    }

    @Test
    void theIndexFollowsEveryChangeAndAnotherDevicesToo(@org.junit.jupiter.api.io.TempDir Path other) {
        try (TwoDevices devices = new TwoDevices(other)) {
            Items onLaptop = new Items(devices.laptop());
            UUID id = onLaptop.add(NewItem.todo("one"));
            devices.sync();
            assertThat(found(devices.phone(), "one")).hasSize(1);
            onLaptop.setTitle(id, "two");
            onLaptop.setBody(id, "three");
            devices.sync();
            assertThat(found(devices.phone(), "one")).isEmpty();
            assertThat(found(devices.phone(), "two three")).hasSize(1);
            new Items(devices.phone()).purge(id);
            devices.sync();
            assertThat(found(devices.laptop(), "two")).isEmpty();
        }
    }

    private static List<ItemRow> found(Database where, String text) {
        return where.list(ItemQueries.rows(new ItemSource.SearchResults(text, TODAY, null), ViewOptions.DEFAULT));
    }

    @Test
    void aPartOfWhatIsFoundIsTheSameRowsInTheSameOrder() {
        ItemSource view = new ItemSource.SearchResults("milk", TODAY, null);
        List<ItemRow> all = found(database, "milk");
        assertThat(all).hasSizeGreaterThan(2);
        assertThat(database.list(ItemQueries.rows(view, ViewOptions.DEFAULT, 1, 1)))
                .isEqualTo(all.subList(1, 2));
    }

    @Test
    void showsThePieceOfALongTextInWhichTheWordStands() {
        add(NewItem.note("Long").withBody("filler ".repeat(200) + "needle in the haystack"));
        assertThat(found(database, "needle"))
                .singleElement()
                .satisfies(row -> assertThat(row.excerpt()).contains("needle in the haystack"));
    }

    @Test
    void aSearchOfACommandTakesOpenItemsUnlessItAsksForOthers() {
        assertThat(titles("milk", null, false, false)).containsExactlyInAnyOrder("Buy milk", "Recipe");
        assertThat(titles("milk", null, true, false)).hasSize(3);
        assertThat(titles("milk is:done", null, false, false)).containsExactly("Milked the cow");
        assertThat(titles("milk", null, false, true)).containsExactly("Sour milk");
        UUID home = database.list(SidebarQueries.lists()).getFirst().id();
        assertThat(titles("milk", home, false, false)).containsExactly("Recipe");
    }

    private List<String> titles(
            String text, @org.jspecify.annotations.Nullable UUID list, boolean done, boolean trashed) {
        return database.list(ItemQueries.found(Search.parse(text, TODAY), list, done, trashed)).stream()
                .map(Item::title)
                .toList();
    }

    @Test
    void daysAreUnderstoodInBothLanguagesWhicheverTheComputerSpeaks() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH)) {
                Locale.setDefault(locale);
                for (String day : List.of("friday", "Freitag", "27 nov", "27.11.", "27. November", "2026-11-27")) {
                    assertThat(Search.parse("due:\"" + day + "\"", TODAY))
                            .as("%s in %s", day, locale)
                            .isEqualTo(Search.parse("due:2026-11-27", TODAY));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
