package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.TextInputBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Bounds;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.skin.TextInputControlSkin.Direction;
import javafx.scene.control.skin.TextInputControlSkin.TextUnit;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;

/** The field that draws Markdown keeps what every text field can do. */
class MarkdownSkinTest {
    private static final String LIST =
            "# Shop\nBuy **soon**:\n- [ ] milk\n- [x] oats\n\nThen [rest](https://a.example).";

    private final List<String> calls = new ArrayList<>();
    private Stage stage;
    private BodyArea area;

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach
    void open() {
        Screen.onScreen(() -> {
            area = new BodyArea(new BodyArea.TextContext() {
                @Override
                public boolean openPart(int by) {
                    return false;
                }

                @Override
                public void replace(int from, int to, String text) {
                    area.replaceText(from, to, text);
                }

                @Override
                public void check(int at, boolean checked) {
                    calls.add("check " + at + " " + checked);
                }

                @Override
                public void follow(Node link, String target) {
                    calls.add("follow " + target);
                }
            });
            stage = new Stage();
            stage.setScene(new Scene(new StackPane(area), 300, 400));
            stage.show();
            area.requestFocus();
            return true;
        });
    }

    @AfterEach
    void close() {
        Screen.onScreen(() -> {
            stage.hide();
            return true;
        });
    }

    private void show(String text, int caret) {
        area.setText(text);
        area.positionCaret(caret);
        layout();
    }

    private void layout() {
        area.applyCss();
        area.getScene().getRoot().layout();
    }

    private MarkdownSkin skin() {
        return (MarkdownSkin) area.getSkin();
    }

    private void type(String characters) {
        characters
                .codePoints()
                .forEach(character -> area.fireEvent(new KeyEvent(
                        KeyEvent.KEY_TYPED,
                        Character.toString(character),
                        "",
                        KeyCode.UNDEFINED,
                        false,
                        false,
                        false,
                        false)));
        layout();
    }

    private String drawn() {
        List<Node> texts = new ArrayList<>();
        Screen.collect(area, node -> node instanceof Text && node.isVisible(), texts);
        return texts.stream().map(node -> ((Text) node).getText()).collect(Collectors.joining("|"));
    }

    @Test
    void marksAreDrawnInTheLineWithTheCaretOnly() {
        Screen.onScreen(() -> {
            show(LIST, 0);
            assertThat(drawn()).contains("# |").contains("soon").doesNotContain("**");
            area.positionCaret(LIST.indexOf("soon"));
            layout();
            assertThat(drawn()).doesNotContain("# ").contains("**|soon|**");
            area.positionCaret(LIST.indexOf("milk"));
            layout();
            assertThat(drawn()).as("the box stays while its text is edited").doesNotContain("- [ ]");
            area.positionCaret(LIST.indexOf("milk") - 1);
            layout();
            assertThat(drawn()).contains("- [ ] ");
            assertThat(area.getText()).isEqualTo(LIST);
            return true;
        });
    }

    /** Each position that is drawn is found again at the place of its caret, in both writing directions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words that wrap because they are longer than the field is wide, twice or more",
                "a **b** `c` [d](https://a.example) e",
                "- [ ] milk and **honey** from a shop that is far away from here",
                "> quoted words",
                "# Heading with *two* words",
                "שלום עולם",
                "e\u0301 x 😀"
            })
    void positionsAreFoundWhereTheyAreDrawn(String text) {
        Screen.onScreen(() -> {
            show(text, 0);
            for (int at = 0; at <= text.length(); at++) {
                area.positionCaret(at);
                layout();
                if (at > 0 && at < text.length() && isWithinCharacter(text, at)) {
                    continue;
                }
                Bounds caret = skin().getCaretBounds();
                int found = skin().indexAt(caret.getCenterX(), caret.getCenterY());
                assertThat(found).as(text + " at " + at).isEqualTo(at);
            }
            return true;
        });
    }

    private static boolean isWithinCharacter(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at))
                || Character.getType(text.charAt(at)) == Character.NON_SPACING_MARK;
    }

    @Test
    void keysMoveInTheRowsThatAreDrawn() {
        Screen.onScreen(() -> {
            String text = "- one two three four five six seven eight nine ten eleven twelve\n\nend";
            show(text, 4);
            skin().moveCaret(TextUnit.LINE, Direction.END, false);
            int rowEnd = area.getCaretPosition();
            assertThat(rowEnd).isBetween(10, text.indexOf('\n') - 1);
            skin().moveCaret(TextUnit.LINE, Direction.BEGINNING, false);
            assertThat(area.getCaretPosition()).isEqualTo(2);
            skin().moveCaret(TextUnit.LINE, Direction.BEGINNING, false);
            assertThat(area.getCaretPosition()).isZero();
            area.positionCaret(5);
            layout();
            skin().moveCaret(TextUnit.LINE, Direction.DOWN, false);
            layout();
            assertThat(area.getCaretPosition()).isBetween(rowEnd, text.indexOf('\n'));
            while (area.getCaretPosition() <= text.indexOf('\n')) {
                skin().moveCaret(TextUnit.LINE, Direction.DOWN, false);
                layout();
            }
            assertThat(area.getCaretPosition()).isEqualTo(text.indexOf("\n\n") + 1);
            skin().moveCaret(TextUnit.LINE, Direction.DOWN, true);
            assertThat(area.getSelectedText()).startsWith("\n");
            skin().moveCaret(TextUnit.LINE, Direction.UP, false);
            layout();
            skin().moveCaret(TextUnit.PAGE, Direction.UP, false);
            assertThat(area.getCaretPosition()).isLessThan(rowEnd);
            return true;
        });
    }

    /** In a text with both writing directions, the arrow keys move to the left and right as drawn. */
    @Test
    void arrowKeysMoveAsDrawnInTextsWithBothDirections() {
        Screen.onScreen(() -> {
            String text = "abc שלום xyz";
            show(text, 0);
            double x = skin().getCaretBounds().getCenterX();
            for (int step = 0; step < text.length() - 1; step++) {
                skin().moveCaret(TextUnit.CHARACTER, Direction.RIGHT, false);
                layout();
                double now = skin().getCaretBounds().getCenterX();
                assertThat(now).as("step " + step).isGreaterThan(x);
                x = now;
            }
            return true;
        });
    }

    @Test
    void aComposedTextIsUnderlinedAndCommitted() {
        Screen.onScreen(() -> {
            show("- a\n**b** ", 10);
            area.fireEvent(new InputMethodEvent(
                    InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                    List.of(new InputMethodTextRun("ni", InputMethodHighlight.UNSELECTED_RAW)),
                    "",
                    2));
            layout();
            assertThat(area.getText()).isEqualTo("- a\n**b** ni");
            assertThat(skin().getCharacterBounds(10).getMinX())
                    .as("behind the drawn text")
                    .isGreaterThan(skin().getCharacterBounds(4).getMinX());
            Point2D place = area.getInputMethodRequests().getTextLocation(0);
            Bounds field = area.localToScreen(area.getLayoutBounds());
            assertThat(field.contains(place)).isTrue();
            area.fireEvent(new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, List.of(), "你", 0));
            layout();
            assertThat(area.getText()).isEqualTo("- a\n**b** 你");
            return true;
        });
    }

    @Test
    void aScreenReaderReadsTheTextAndItsRows() {
        Screen.onScreen(() -> {
            show(LIST, 3);
            assertThat(area.getAccessibleRole()).isEqualTo(AccessibleRole.TEXT_AREA);
            assertThat(area.queryAccessibleAttribute(AccessibleAttribute.CARET_OFFSET))
                    .isEqualTo(3);
            int milk = LIST.indexOf("milk");
            Object row = area.queryAccessibleAttribute(AccessibleAttribute.LINE_FOR_OFFSET, milk);
            assertThat(row).isEqualTo(2);
            assertThat(area.queryAccessibleAttribute(AccessibleAttribute.LINE_START, row))
                    .isEqualTo(LIST.indexOf("- [ ]"));
            assertThat(area.queryAccessibleAttribute(AccessibleAttribute.LINE_END, row))
                    .isEqualTo(milk + 4);
            Bounds[] bounds =
                    (Bounds[]) area.queryAccessibleAttribute(AccessibleAttribute.BOUNDS_FOR_RANGE, milk, milk + 3);
            assertThat(bounds).hasSize(1);
            Point2D inside = new Point2D(bounds[0].getMinX() + 1, bounds[0].getCenterY());
            assertThat(area.queryAccessibleAttribute(AccessibleAttribute.OFFSET_AT_POINT, inside))
                    .isEqualTo(milk);
            Rectangle2D letter = skin().getCharacterBounds(milk);
            assertThat(letter.getWidth()).isPositive();
            return true;
        });
    }

    @Test
    void aRemoteEditKeepsTheCaretAndIsNotUndone() {
        Screen.onScreen(() -> {
            ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("# One\n- two");
            TextInputBinding.bind(area, text, text::set);
            area.positionCaret(11);
            type(" x");
            assertThat(area.isUndoable()).isTrue();
            text.set("# One more\n\n- two x");
            layout();
            assertThat(area.getCaretPosition()).isEqualTo(19);
            assertThat(area.isUndoable()).isFalse();
            type("y");
            area.undo();
            layout();
            assertThat(area.getText()).isEqualTo("# One more\n\n- two x");
            assertThat(drawn()).contains("One more").contains("two x");
            return true;
        });
    }

    @Test
    void keysAndClicksFollowLinksAndChangeBoxes() {
        Screen.onScreen(() -> {
            show(LIST, LIST.indexOf("oats"));
            KeyEvent key = new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, true, true, false, false);
            area.fireEvent(key);
            area.positionCaret(LIST.indexOf("rest") + 1);
            area.fireEvent(key);
            layout();
            List<Node> boxes = new ArrayList<>();
            Screen.collect(area, CheckBox.class::isInstance, boxes);
            assertThat(boxes).extracting(Node::getAccessibleText).containsExactly("milk", "oats");
            ((CheckBox) boxes.getFirst()).fire();
            assertThat(calls)
                    .containsExactly(
                            "check " + (LIST.indexOf("oats") - 4) + " false",
                            "follow https://a.example",
                            "check " + (LIST.indexOf("milk") - 4) + " true");
            area.setEditable(false);
            ((CheckBox) boxes.getLast()).fire();
            assertThat(calls).hasSize(3);
            return true;
        });
    }

    @Test
    void onlyTheLinesThatChangeAreDrawnAgain() {
        Screen.onScreen(() -> {
            String text = IntStream.range(0, 400)
                    .mapToObj(number -> "- [ ] Chapter **" + number + "** of a story")
                    .collect(Collectors.joining("\n"));
            show(text, text.length() / 2);
            List<Node> before = new ArrayList<>();
            Screen.collect(area, node -> node.getStyleClass().contains("line-flow"), before);
            type("x");
            List<Node> after = new ArrayList<>();
            Screen.collect(area, node -> node.getStyleClass().contains("line-flow"), after);
            assertThat(after).containsAll(before);
            assertThat(area.getScrollTop()).as("the caret is visible").isPositive();
            return true;
        });
    }

    @Test
    void bracketsBecomeABoxOutsideOfCode() {
        Screen.onScreen(() -> {
            show("", 0);
            type("[] milk");
            assertThat(area.getText()).isEqualTo("- [ ] milk");
            show("```\n", 4);
            type("[] x");
            assertThat(area.getText()).isEqualTo("```\n[] x");
            return true;
        });
    }

    @Test
    void eachLineHasItsOwnDirection() {
        Screen.onScreen(() -> {
            show("- [x] שלום\nThe end\n> שלום", 0);
            List<Node> lines = new ArrayList<>();
            Screen.collect(area, LineView.class::isInstance, lines);
            assertThat(lines)
                    .extracting(Node::getEffectiveNodeOrientation)
                    .containsExactly(
                            NodeOrientation.RIGHT_TO_LEFT,
                            NodeOrientation.LEFT_TO_RIGHT,
                            NodeOrientation.RIGHT_TO_LEFT);
            return true;
        });
    }

    @Test
    void anEmptyTextShowsThePrompt() {
        Screen.onScreen(() -> {
            show("", 0);
            assertThat(drawn()).contains(area.getPromptText());
            type("a");
            assertThat(drawn()).doesNotContain(area.getPromptText());
            assertThat(area.getText()).isEqualTo("a");
            return true;
        });
    }
}
