package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.proof.Proof;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Printing from the real window. */
class PrintingTest {
    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static void show(OpenWindow open, ItemSource view, int rows) {
        Screen.onScreen(() -> {
            open.window().model().list().show(view);
            return true;
        });
        open.screen()
                .await(
                        "all are there",
                        () -> open.window()
                                        .model()
                                        .list()
                                        .window()
                                        .totalProperty()
                                        .get()
                                == rows);
    }

    private static void keep(OpenWindow open, String name) throws Exception {
        RecordingPrintService paper = open.printers();
        for (int page = 0; page < Math.min(3, paper.pages.size()); page++) {
            Snapshots.write(paper.pages.get(page), "print/" + name + "_" + (page + 1));
        }
    }

    @Proof
    @Test
    void aNoteIsPrintedAsMarkdownWithItsFields() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, Theme.DARK)) {
            Database database = open.composition().database();
            Items items = new Items(database);
            UUID note = items.add(NewItem.todo("Garden wall")
                    .withDue(new Due(LocalDate.of(2027, 3, 5), LocalTime.of(17, 0)))
                    .withPriority(Priority.HIGH)
                    .withTags(List.of("garden"))
                    .withBody("""
                        Limestone, *no* cement. The plan is from [the county](https://a.example/walls/plan).

                        ![](plan.png)

                        ## Before the frost
                        - [x] Measure the old wall
                        - [ ] Ask **Jonas** for the drill, and whether he could lend us the long ladder over the weekend, too
                          - [ ] and the bits
                        - Order lime

                        1. Dig
                        2. Lay

                        > A wall is as good as its foot.

                            mortar = lime * 1 + sand * 3

                        שלום עולם! לקנות 3 לחמים (מחר).
                        """));
            BufferedImage plan = new BufferedImage(300, 120, BufferedImage.TYPE_INT_RGB);
            Graphics2D drawing = plan.createGraphics();
            drawing.fillRect(10, 10, 280, 100);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(plan, "png", png);
            BlobId content = database.blobs().add(new ByteArrayInputStream(png.toByteArray()));
            items.inTransaction(writer -> writer.attach(note, "plan.png", content, png.size()));
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Garden wall"));
            screen.rightClickRow("Garden wall");
            screen.await("the menu is there", () -> screen.shows("row-print"));
            screen.click("row-print");
            screen.await("it is printed", () -> open.printers().ended);
            assertThat(open.printers().jobs).containsExactly("Garden wall");
            assertThat(open.printers().pages).hasSize(1);
            assertThat(open.printers().words.getFirst())
                    .contains("Garden wall", "the county", "Measure the old wall", "Attached: plan.png", "1");
            assertThat(String.join(" ", open.printers().words.getFirst()))
                    .contains("2027")
                    .contains("#garden");
            screen.await("it says so", () -> screen.text("toast-text").equals("1 page printed"));
            keep(open, "note");
        }
    }

    @Proof
    @Test
    void aLongNoteContinuesOnTheNextPage() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            String paragraph =
                    IntStream.range(0, 900).mapToObj(word -> "word" + word).collect(Collectors.joining(" "));
            UUID id = items.add(NewItem.note("Long").withBody(("# Chapter\n\n" + paragraph + "\n\n").repeat(4)));
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Long"));
            screen.select("Long");
            screen.press(KeyCode.CONTROL, KeyCode.P);
            screen.await("it is printed", () -> open.printers().ended);
            assertThat(open.printers().pages).hasSizeBetween(3, 12);
            assertThat(open.printers().words)
                    .allSatisfy(words -> assertThat(words).contains("Long"));
            assertThat(open.printers().words.getLast())
                    .contains(String.valueOf(open.printers().pages.size()));
            assertThat(id).isNotNull();
            keep(open, "long");
        }
    }

    @Proof
    @Test
    void aListIsPrintedWithBoxesAndDatesAndCountsOmittedRows() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            items.inTransaction(writer -> {
                for (int number = 1; number <= 1100; number++) {
                    NewItem item = number % 7 == 0
                            ? NewItem.note("Note " + number)
                            : NewItem.todo(
                                    number % 5 == 0
                                            ? "Todo " + number + " with a long title ".repeat(8)
                                            : "Todo " + number);
                    writer.add(
                            number % 3 == 0
                                    ? item.withDue(
                                            new Due(LocalDate.of(2027, 1, 1).plusDays(number)))
                                    : item);
                }
                return 0;
            });
            Screen screen = open.screen();
            show(open, new ItemSource.All(), 1100);
            screen.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
            screen.await("it is printed", () -> open.printers().ended);
            assertThat(open.printers().jobs).containsExactly("All");
            assertThat(open.printers().pages).hasSizeGreaterThan(15);
            assertThat(open.printers().words.getLast()).contains("100 more are not printed.");
            List<String> all =
                    open.printers().words.stream().flatMap(List::stream).toList();
            assertThat(all).contains("Note 1099", "Todo 1098", "Todo 102").doesNotContain("Todo 97");
            // Also of rows that had no room any more on the page before.
            open.printers()
                    .ends
                    .forEach(page -> page.forEach((text, end) -> {
                        // A blank at the end of a line may stand beside the paper.
                        assertThat(end).as(text).isLessThan(RecordingPrintService.WIDTH + 5);
                        if (text.matches("\\w{3} \\d+, 20\\d\\d")) {
                            assertThat(end).as(text).isGreaterThan(RecordingPrintService.WIDTH - 1);
                        }
                    }));
            keep(open, "list");
        }
    }

    @Proof
    @Test
    void aMissingPrinterIsReportedAndAJamCancelsTheJob() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            new Items(open.composition().database()).add(NewItem.todo("Call mum"));
            Screen screen = open.screen();
            screen.await("it is there", () -> screen.rows().contains("Call mum"));
            open.printers().isThere = false;
            screen.press(KeyCode.CONTROL, KeyCode.P);
            screen.await(
                    "it says so",
                    () -> screen.shows("toast-text")
                            && screen.text("toast-text").startsWith("No printer is set up on this computer."));
            open.printers().isThere = true;
            open.printers().isJammed = true;
            screen.press(KeyCode.CONTROL, KeyCode.P);
            screen.await(
                    "it says so", () -> screen.text("toast-text").startsWith("The printer did not accept the page."));
            assertThat(open.printers().cancelled).isTrue();
            assertThat(open.printers().ended).isFalse();
        }
    }
}
