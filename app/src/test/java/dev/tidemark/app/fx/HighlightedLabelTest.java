package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/** A line marks the searched words at the right positions. */
class HighlightedLabelTest {
    /** The middle of the mark, from 0 at the left of the text to 1 at its right. */
    private static double mark(String text, String word) throws Exception {
        FxToolkit.registerPrimaryStage();
        return FxToolkit.setupFixture(() -> {
            HighlightedLabel label = new HighlightedLabel();
            StackPane pane = new StackPane(label);
            Stage stage = new Stage();
            stage.setScene(new Scene(pane, 600, 100));
            label.show(text, List.of(word));
            label.setMaxSize(HighlightedLabel.USE_PREF_SIZE, HighlightedLabel.USE_PREF_SIZE);
            stage.show();
            pane.applyCss();
            pane.layout();
            Bounds mark = label.lookup("." + Styles.SEARCH_MARK).getBoundsInParent();
            double middle = mark.getCenterX() / label.getWidth();
            stage.close();
            return middle;
        });
    }

    @Test
    void aWordIsMarkedWhereItStands() throws Exception {
        assertThat(mark("a very long beginning of milk", "milk")).isBetween(0.75, 1.0);
        assertThat(mark("milk of a very long beginning", "milk")).isBetween(0.0, 0.25);
    }

    @Test
    void inALineThatIsReadFromTheRightTooAndInAMixedOne() throws Exception {
        assertThat(mark("לקנות שלום עולם חמים מחר", "לקנות")).isBetween(0.75, 1.0);
        assertThat(mark("שלום עולם חמים מחר לקנות", "לקנות")).isBetween(0.0, 0.25);
        assertThat(mark("Ask the whole family and שרה", "שרה")).isBetween(0.75, 1.0);
    }
}
