package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The editor of a body draws Markdown while the user types, in the real window. */
@ExtendWith(KeptLanguage.class)
class MarkdownEditorTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    private static final String WALL = """
        # Garden wall
        Limestone, *no* cement. The plan is from [the county](https://a.example/walls/plan).

        ## Before the frost
        - [x] Measure the old wall
        - [ ] Ask **Jonas** for the drill, and whether he could lend us the long ladder over the weekend, too
          - and the `12 mm` bits
        - [ ] Order lime

        1. Dig
        2. Lay

        > A wall is as good as its foot.

        ---
        ```
        lime = 3 * sand
        ```
        שלום **עולם**, and https://a.example
        """;

    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    private static UUID open(OpenWindow open, String title, String body) {
        UUID note =
                new Items(open.composition().database()).add(NewItem.note(title).withBody(body));
        Screen screen = open.screen();
        screen.click("view-all");
        screen.await("it is there", () -> screen.rows().contains(title));
        screen.select(title);
        screen.await("it is open", () -> screen.text("detail-title").equals(title));
        return note;
    }

    private static String body(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst().body();
    }

    private static TextArea area() {
        return (TextArea)
                Screen.visible(node -> "detail-body".equals(node.getId())).getFirst();
    }

    private static boolean isInLine(Node node) {
        for (Node parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (parent.getStyleClass().contains("markdown-line")) {
                return true;
            }
        }
        return false;
    }

    /** What the editor draws, without the characters that only keep an empty line high. */
    private static String drawn() {
        return Screen.onScreen(() -> Screen.visible(node -> node instanceof Text && isInLine(node)).stream()
                .map(node -> ((Text) node).getText())
                .collect(Collectors.joining()));
    }

    private static List<Node> boxes() {
        return Screen.visible(
                node -> node instanceof CheckBox && node.getStyleClass().contains("task"));
    }

    private static void put(int caret) {
        Screen.onScreen(() -> {
            area().requestFocus();
            area().positionCaret(caret);
            return true;
        });
    }

    @Test
    void whatIsTypedIsDrawnAndAListContinues() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID note = open(open, "Shop", "");
        Screen screen = open.screen();
        screen.click("detail-body");
        screen.type("# Shop\n- [ ] milk\n**now**\n");
        assertThat(screen.text("detail-body")).isEqualTo("# Shop\n- [ ] milk\n- [ ] **now**\n- [ ] ");
        assertThat(drawn()).isEqualTo("Shopmilknow ");
        assertThat(Screen.onScreen(() -> boxes().size())).isEqualTo(3);
        screen.click(() -> boxes().getFirst());
        screen.await(
                "the text has it",
                () -> body(open.composition().database(), note).startsWith("# Shop\n- [x] milk"));
        assertThat(Screen.onScreen(() -> area().isFocused())).isTrue();
        screen.press(KeyCode.CONTROL, KeyCode.Z);
        screen.await(
                "one step is one box",
                () -> body(open.composition().database(), note).startsWith("# Shop\n- [ ] milk\n- [ ] **now**"));
    }

    @Proof
    @Test
    void aLinkOpensFromTheEditor() throws Exception {
        OpenWindow open = WINDOW.open();
        String text = "see [here](https://a.example/b) now";
        open(open, "Links", text);
        Screen screen = open.screen();
        assertThat(drawn()).isEqualTo("see here now");
        put(text.indexOf("ere"));
        assertThat(drawn()).isEqualTo(text);
        screen.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ENTER);
        screen.await("it says where", () -> screen.texts("link-target").contains("https://a.example/b"));
        screen.click("link-open");
        screen.await("it is opened", () -> open.opened().size() == 1);
    }

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void pictures(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            open(open, "Garden wall", WALL);
            Screen screen = open.screen();
            screen.moveAway();
            for (boolean isEdited : new boolean[] {false, true}) {
                if (isEdited) {
                    put(WALL.indexOf("Jonas"));
                }
                for (int[] size : new int[][] {{1000, 900}, {1600, 1000}}) {
                    String name = "editor_" + (isEdited ? "caret_" : "")
                            + theme.name().toLowerCase(Locale.ROOT) + "_" + size[0];
                    assertThat(Snapshots.take(open.window().stage(), size[0], size[1], name))
                            .isEmpty();
                }
            }
        }
    }
}
