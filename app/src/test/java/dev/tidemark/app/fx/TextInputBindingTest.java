package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TextArea;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class TextInputBindingTest {
    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void undoInAFieldNeverTakesBackWhatArrivedFromOutside() throws Exception {
        Screen.onScreen(() -> {
            ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("milk");
            TextArea field = new TextArea();
            TextInputBinding.bind(field, text, text::set);
            field.insertText(4, " and oats");
            assertThat(field.isUndoable()).isTrue();
            text.set("soy milk and oats");
            assertThat(field.isUndoable()).isFalse();
            field.undo();
            assertThat(field.getText()).isEqualTo("soy milk and oats");
            assertThat(text.get()).isEqualTo("soy milk and oats");
            return field;
        });
    }

    @Test
    void textFromOutsideLeavesTheCaretWhereItIsInWhatStays() throws Exception {
        Screen.onScreen(() -> {
            ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("milk, oats");
            TextArea field = new TextArea();
            TextInputBinding.bind(field, text, text::set);
            field.positionCaret(6);
            text.set("soy milk, oats");
            assertThat(field.getCaretPosition()).isEqualTo(10);
            text.set("soy milk, oats, eggs");
            assertThat(field.getCaretPosition()).isEqualTo(10);
            return field;
        });
    }

    @Test
    void whatIsTypedCanBeTakenBackInTheField() throws Exception {
        Screen.onScreen(() -> {
            ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("milk");
            TextArea field = new TextArea();
            TextInputBinding.bind(field, text, text::set);
            field.insertText(4, " and oats");
            field.undo();
            assertThat(text.get()).isEqualTo("milk");
            return field;
        });
    }
}
