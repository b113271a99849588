package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.proof.Proof;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text of an item in the real window, in the editor and in the preview. */
class NoteBodyTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    @TempDir
    Path profile;

    private static String body(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst().body();
    }

    private static List<Node> boxes() {
        return Screen.visible(
                node -> node instanceof CheckBox && node.getStyleClass().contains("task"));
    }

    private static void click(Screen screen, String words) {
        screen.click(() -> Screen.visible(
                        node -> node instanceof Text text && text.getText().equals(words))
                .getFirst());
    }

    @Proof
    @Test
    void listsContinueAndEachFormatIsUndoneAlone() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID note = new Items(database).add(NewItem.note("Shop"));
        Screen screen = open.screen();
        screen.click("view-all");
        screen.await("it is there", () -> screen.rows().contains("Shop"));
        screen.select("Shop");
        screen.click("detail-body");
        screen.type("- [ ] milk\noats\n");
        assertThat(screen.text("detail-body")).isEqualTo("- [ ] milk\n- [ ] oats\n- [ ] ");
        screen.press(KeyCode.ENTER);
        screen.type("word");
        screen.press(KeyCode.SHIFT, KeyCode.HOME);
        screen.press(KeyCode.CONTROL, KeyCode.B);
        assertThat(screen.text("detail-body")).endsWith("oats\n**word**");
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(screen.text("detail-body")).endsWith("oats\nword");
        screen.press(KeyCode.CONTROL, KeyCode.HOME);
        screen.press(KeyCode.TAB);
        assertThat(screen.text("detail-body")).startsWith("  - [ ] milk");
        screen.press(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(screen.text("detail-body")).startsWith("- [ ] milk");
        screen.await("it is saved", () -> body(database, note).startsWith("- [ ] milk\n- [ ] oats"));
    }

    @Proof
    @Test
    void aPreviewCheckboxChangesTheTextAndIsUndone() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        UUID note = new Items(database).add(NewItem.note("Shop").withBody("Buy:\n\n1. [x] milk\n2. [ ] oats\n"));
        Screen screen = open.screen();
        screen.click("view-all");
        screen.await("it is there", () -> screen.rows().contains("Shop"));
        screen.select("Shop");
        screen.click("detail-preview-toggle");
        screen.await("two boxes are there", () -> Screen.onScreen(() -> boxes().size()) == 2);
        screen.click(() -> boxes().get(1));
        screen.await("the text has it", () -> body(database, note).equals("Buy:\n\n1. [x] milk\n2. [x] oats\n"));
        screen.press(KeyCode.SPACE);
        screen.await(
                "the keyboard is still there", () -> body(database, note).equals("Buy:\n\n1. [x] milk\n2. [ ] oats\n"));
        screen.click(() -> boxes().getFirst());
        screen.await("the first is clear", () -> body(database, note).startsWith("Buy:\n\n1. [ ] milk"));
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await("one step is one box", () -> body(database, note).equals("Buy:\n\n1. [x] milk\n2. [ ] oats\n"));
        screen.await("and is seen", () -> Screen.onScreen(() -> ((CheckBox) boxes().getFirst()).isSelected()));
    }

    @Test
    void aLinkShowsItsTargetFirstAndOnlyWebLinksOpen() throws Exception {
        OpenWindow open = WINDOW.open();
        new Items(open.composition().database())
                .add(NewItem.note("Links").withBody("[here](https://a.example/b) and [there](file:///etc/passwd)"));
        Screen screen = open.screen();
        screen.click("view-all");
        screen.await("it is there", () -> screen.rows().contains("Links"));
        screen.select("Links");
        screen.click("detail-preview-toggle");
        screen.await("the text is there", () -> screen.shows("detail-preview"));
        click(screen, "here");
        screen.await("it says where", () -> screen.texts("link-target").contains("https://a.example/b"));
        assertThat(open.opened()).isEmpty();
        screen.click("link-open");
        screen.await("it is opened", () -> open.opened().equals(List.of(URI.create("https://a.example/b"))));
        click(screen, "there");
        screen.await("it says where", () -> screen.texts("link-target").contains("file:///etc/passwd"));
        screen.click("link-open");
        screen.press(KeyCode.ESCAPE);
        assertThat(open.opened()).hasSize(1);
    }

    @Proof
    @Test
    void attachedImagesAreShownAndOthersAreNotFetched() throws Exception {
        OpenWindow open = WINDOW.open();
        Database database = open.composition().database();
        Items items = new Items(database);
        UUID note = items.add(NewItem.note("Pictures")
                .withBody("![The plan](my%20plan.png) ![Spy](https://a.example/pixel.png) ![Gone](gone.png)"));
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(300, 120, BufferedImage.TYPE_INT_RGB), "png", png);
        BlobId plan = database.blobs().add(new ByteArrayInputStream(png.toByteArray()));
        items.inTransaction(writer -> writer.attach(note, "my plan.png", plan, png.size()));
        Screen screen = open.screen();
        screen.click("view-all");
        screen.await("it is there", () -> screen.rows().contains("Pictures"));
        screen.select("Pictures");
        screen.click("detail-preview-toggle");
        screen.await(
                "it is shown",
                () -> Screen.onScreen(() ->
                        Screen.visible(node -> node instanceof ImageView view && view.getImage() != null).stream()
                                .anyMatch(view -> ((ImageView) view).getImage().getWidth() == 300)));
        List<String> words = Screen.onScreen(() -> Screen.visible(node -> node instanceof Text).stream()
                .map(node -> ((Text) node).getText())
                .toList());
        assertThat(words).contains("Image on the web, not loaded: Spy", "Image: Gone");
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pictures(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            Database database = open.composition().database();
            new Items(database).add(NewItem.note("Garden wall").withBody("""
                Limestone, *no* cement. The plan is from [the county](https://a.example/walls/plan).

                ## Before the frost
                - [x] Measure the old wall
                - [ ] Ask **Jonas** for the drill, and whether he could lend us the long ladder over the weekend, too
                  - [ ] and the bits
                - [ ] Order lime

                1. Dig
                2. Lay

                > A wall is as good as its foot.
                """));
            Screen screen = open.screen();
            screen.click("view-all");
            screen.await("it is there", () -> screen.rows().contains("Garden wall"));
            screen.select("Garden wall");
            screen.click("detail-preview-toggle");
            screen.await("the text is there", () -> screen.shows("detail-preview"));
            screen.moveAway();
            for (int[] size : new int[][] {{1000, 700}, {1600, 1000}}) {
                String name = "preview_" + theme.name().toLowerCase(Locale.ROOT) + "_" + size[0];
                assertThat(Snapshots.take(open.window().stage(), size[0], size[1], name))
                        .isEmpty();
            }
            click(screen, "the county");
            screen.await("the menu is there", () -> screen.shows("link-open"));
            assertThat(Snapshots.takePopup("popups/link_" + theme.name().toLowerCase(Locale.ROOT)))
                    .isEmpty();
        }
    }
}
