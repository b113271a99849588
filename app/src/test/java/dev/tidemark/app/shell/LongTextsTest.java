package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Very long and unusual texts in the real window. */
@Proof
class LongTextsTest {
    private static final String BOOK = IntStream.range(0, 6000)
            .mapToObj(number -> "- [ ] Chapter " + number + "\n\n" + "Some words of a long story. ".repeat(6))
            .collect(Collectors.joining("\n\n"));
    private static final String LONG = "A title that does not end ".repeat(400);

    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static String body(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst().body();
    }

    private static void open(OpenWindow open, UUID id, ItemSource view) {
        Screen.onScreen(() -> {
            open.window().model().list().show(view);
            open.window().model().list().selectedProperty().set(id);
            return true;
        });
        open.screen().await("it is open", () -> open.screen().shows("detail-title"));
    }

    @Test
    void aNoteOfAMegabyteIsReadAndChangedInParts() throws Exception {
        assertThat(BOOK).hasSizeGreaterThan(1_000_000);
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            UUID id = new Items(database).add(NewItem.note("A book").withBody(BOOK));
            Screen screen = open.screen();
            open(open, id, new ItemSource.Notes());
            screen.await("it says so", () -> screen.text("detail-part").startsWith("Part 1 of "));
            assertThat(screen.text("detail-body")).startsWith("- [ ] Chapter 0").hasSizeLessThan(40_000);

            screen.click("detail-body");
            screen.press(KeyCode.CONTROL, KeyCode.HOME);
            screen.type("My ");
            screen.await("the beginning is saved", () -> body(database, id).equals("My " + BOOK));

            screen.press(KeyCode.CONTROL, KeyCode.PAGE_DOWN);
            assertThat(screen.text("detail-part")).startsWith("Part 2 of ");
            String second = screen.text("detail-body");
            int at = ("My " + BOOK).indexOf(second);
            assertThat(at).isPositive();
            screen.type("Here: ");
            screen.await(
                    "the middle is saved",
                    () -> body(database, id)
                            .equals(new StringBuilder("My " + BOOK)
                                    .insert(at, "Here: ")
                                    .toString()));

            screen.press(KeyCode.CONTROL, KeyCode.HOME);
            screen.press(KeyCode.UP);
            assertThat(screen.text("detail-part")).startsWith("Part 1 of ");
            screen.press(KeyCode.DOWN);
            assertThat(screen.text("detail-part")).startsWith("Part 2 of ");
            screen.click("detail-part-next");
            assertThat(screen.text("detail-part")).startsWith("Part 3 of ");
        }
    }

    @Test
    void theBoxesOfAMegabyteAreTickedWhereTheyStand() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            UUID id = new Items(database).add(NewItem.note("A book").withBody(BOOK));
            Screen screen = open.screen();
            open(open, id, new ItemSource.Notes());
            screen.click("detail-preview-toggle");
            screen.click("detail-part-next");
            screen.await("boxes are there", () -> Screen.onScreen(() -> !boxes().isEmpty()));
            String name = Screen.onScreen(() -> boxes().getFirst().getAccessibleText());
            screen.click(() -> boxes().getFirst());
            screen.await(
                    "it is ticked there",
                    () -> body(database, id).equals(BOOK.replace("- [ ] " + name + "\n", "- [x] " + name + "\n")));
            assertThat(screen.text("detail-part")).startsWith("Part 2 of ");
        }
    }

    private static List<Node> boxes() {
        return Screen.visible(
                node -> node instanceof CheckBox && node.getStyleClass().contains("task"));
    }

    @Test
    void aBookThatIsPastedIsCutIntoPartsAndTakenBack() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            UUID id = new Items(database).add(NewItem.note("A book").withBody("Begin\n\nEnd"));
            Screen screen = open.screen();
            open(open, id, new ItemSource.Notes());
            screen.click("detail-body");
            screen.press(KeyCode.CONTROL, KeyCode.HOME);
            screen.press(KeyCode.DOWN);
            Screen.onScreen(() -> Clipboard.getSystemClipboard().setContent(Map.of(DataFormat.PLAIN_TEXT, BOOK)));
            screen.press(KeyCode.CONTROL, KeyCode.V);
            String wanted = "Begin\n" + BOOK + "\nEnd";
            screen.await("it is saved", () -> body(database, id).equals(wanted));
            String part = screen.text("detail-part");
            assertThat(part.replaceAll("Part (\\d+) of (\\d+)", "$1"))
                    .isEqualTo(part.replaceAll("Part (\\d+) of (\\d+)", "$2"));
            assertThat(screen.text("detail-body")).endsWith("\nEnd").hasSizeLessThan(45_000);
            screen.type("!");
            screen.await("typing goes on behind it", () -> body(database, id).endsWith("!\nEnd"));
            screen.await("it is taken back", () -> {
                screen.press(KeyCode.CONTROL, KeyCode.Z);
                return body(database, id).equals("Begin\n\nEnd");
            });
            screen.await("and is seen", () -> screen.text("detail-body").equals("Begin\n\nEnd"));
            assertThat(screen.shows("detail-part")).isFalse();
        }
    }

    @Test
    void aMegabyteIsFoundByItsLastWords() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            new Items(open.composition().database()).add(NewItem.note("A book").withBody(BOOK + "\n\nxylophone"));
            Screen screen = open.screen();
            screen.press(KeyCode.CONTROL, KeyCode.F);
            screen.type("xyloph");
            screen.await("it is found", () -> screen.rows().equals(List.of("A book")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void namesWithoutEndAreCutEverywhere(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            Database database = open.composition().database();
            UUID list = new Lists(database).add(LONG);
            Items items = new Items(database);
            UUID id = items.add(NewItem.todo(LONG)
                    .inList(list)
                    .withTags(List.of("tag".repeat(3000)))
                    .withBody("x".repeat(10_000))
                    .withReminder(LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(1)));
            items.add(NewItem.todo("Something short").inList(list));
            Screen screen = open.screen();
            open(open, id, new ItemSource.All());
            screen.await("it reminds", () -> screen.shows("reminder-dismiss"));
            assertThat(open.notified()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
            assertThat(screen.text("detail-title")).isEqualTo(LONG.strip().isEmpty() ? "" : LONG);
            look(open, theme, "long");
            screen.press(KeyCode.CONTROL, KeyCode.K);
            screen.type("A title");
            screen.await(
                    "the palette has it",
                    () -> Screen.onScreen(() -> !Screen.visible(node -> node instanceof Labeled label
                                    && String.valueOf(label.getText()).startsWith("A title that does"))
                            .isEmpty()));
            look(open, theme, "long_palette");
            screen.press(KeyCode.ESCAPE);
            Screen.onScreen(() -> {
                open.window().model().list().show(new ItemSource.OfList(list));
                return true;
            });
            screen.await("both are there", () -> screen.rows().size() == 2);
            screen.rightClickRow("Something short");
            screen.await("the menu is there", () -> screen.shows("row-move"));
            screen.click("row-move");
            screen.await("it offers the list", () -> screen.shows("row-move-" + list));
            assertThat(Screen.onScreen(() -> javafx.stage.Window.getWindows().stream()
                            .mapToDouble(javafx.stage.Window::getWidth)
                            .max()
                            .orElse(0)))
                    .isLessThanOrEqualTo(1600);
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.ESCAPE);
            look(open, theme, "long_list");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void textsOfAllScriptsAreShown(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID list = new Lists(database).add("רשימת קניות");
            List<String> titles = List.of(
                    "שלום עולם! לקנות 3 לחמים (מחר).",
                    "اتصل بأمي غدًا الساعة 5 مساءً",
                    "Ask שרה about the report (v2)",
                    "فاتورة PDF رقم 42",
                    "Family 👩‍👩‍👧‍👦 trip 🇵🇹 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                    "Cafe\u0301, n\u0303, Z\u0351\u0343\u030d\u036ba\u0322lgo, हिन्दी, ไทย",
                    "Zero\u200bwidth and so\u00adft",
                    "Tab\tand \u0007bell and \u202eturned",
                    "One\u2028two\u2029three");
            for (String title : titles) {
                items.add(NewItem.todo(title).inList(list).withTags(List.of("דחוף")));
            }
            UUID note = items.add(NewItem.note("מכתב לשרה").inList(list).withBody("""
                שלום שרה,

                זה **מכתב** ארוך עם English באמצע, ועם מספרים: 12, 34.

                - [ ] לקנות לחם
                - [x] להתקשר

                And one paragraph in English.

                > مرحبا بالعالم
                """));
            Screen screen = open.screen();
            open(open, note, new ItemSource.OfList(list));
            screen.await("all are there", () -> screen.rows().size() == titles.size() + 1);
            assertThat(screen.rows()).contains("One two three", "Tab and bell and turned");
            look(open, theme, "scripts");
            screen.click("detail-preview-toggle");
            look(open, theme, "scripts_preview");
            screen.click("open-search");
            screen.type("לקנות");
            screen.await("it is found", () -> screen.rows().size() == 2);
            look(open, theme, "scripts_found");
        }
    }

    private static void look(OpenWindow open, Theme theme, String name) throws Exception {
        open.screen().moveAway();
        for (int[] size : new int[][] {{1000, 700}, {1600, 1000}}) {
            String file = "texts/" + name + "_" + theme.name().toLowerCase(Locale.ROOT) + "_" + size[0];
            // What has no end has to be cut; nothing else may be wrong.
            assertThat(Snapshots.take(open.window().stage(), size[0], size[1], file))
                    .filteredOn(problem -> !problem.contains("…' is cut to "))
                    .isEmpty();
        }
    }
}
