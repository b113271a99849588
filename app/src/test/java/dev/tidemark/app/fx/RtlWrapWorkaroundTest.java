package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.driver.Screen;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.testfx.api.FxToolkit;

@EnabledOnOs(OS.LINUX)
class RtlWrapWorkaroundTest {
    private static final String HEBREW = "שלום עולם! לקנות 3 לחמים (מחר) ועוד הרבה דברים אחרים";

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static double height(List<Text> texts, double width) {
        TextFlow flow = new TextFlow();
        flow.getChildren().setAll(texts);
        return flow.prefHeight(width);
    }

    @Test
    void javaFxStillFailsWhereSuchALineWraps() {
        assertThatThrownBy(() -> Screen.onScreen(() -> {
                    Text text = new Text(HEBREW);
                    text.setFont(Font.font(13));
                    text.setWrappingWidth(60);
                    return text.getLayoutBounds();
                }))
                .as("else BrokenLines and decision 45 can go")
                .hasRootCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void wordsOfTheirOwnWrap() {
        for (String text : List.of(HEBREW, "اتصل بأمي غدًا الساعة 5 مساءً", "שלום".repeat(200), "Ask שרה (לאה), too")) {
            List<Double> heights = Screen.onScreen(() -> List.of(400, 250, 170).stream()
                    .map(width -> height(RtlWrapWorkaround.texts(text), width))
                    .toList());
            assertThat(heights).isSorted();
            assertThat(Screen.onScreen(() -> RtlWrapWorkaround.texts(text)).stream()
                            .map(Text::getText)
                            .collect(Collectors.joining()))
                    .isEqualTo(text);
        }
    }

    @Test
    void otherTextsStayOneNode() {
        assertThat(Screen.onScreen(() -> RtlWrapWorkaround.texts("Call mum, Zoë, 電話")))
                .hasSize(1);
        assertThat(RtlWrapWorkaround.style("Call mum")).isEmpty();
    }

    @Test
    void aFieldBreaksLinesUnlessOneFromTheRightIsTooLongForIt() {
        assertThat(RtlWrapWorkaround.isSound("Some words. ".repeat(100), 300, 13))
                .isTrue();
        assertThat(RtlWrapWorkaround.isSound("שלום\n" + "Some words. ".repeat(100), 300, 13))
                .isTrue();
        assertThat(RtlWrapWorkaround.isSound(HEBREW, 300, 13)).isFalse();
        assertThat(RtlWrapWorkaround.isSound(HEBREW, 900, 13)).isTrue();
    }
}
