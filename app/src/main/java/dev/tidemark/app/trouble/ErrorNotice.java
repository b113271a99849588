package dev.tidemark.app.trouble;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Styles;
import dev.tidemark.resources.Texts;
import java.util.LinkedHashSet;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Says in a window that something happened which nobody expected; stays until somebody closes it. For the JavaFX thread. */
public final class ErrorNotice extends VBox {
    private final Label sentence = new Label();
    private final Label code = new Label();
    private final Set<String> codes = new LinkedHashSet<>();

    /** Nothing to say yet. */
    public ErrorNotice(TroubleHelp help) {
        setId("error-notice");
        getStyleClass().add(Styles.ERROR_NOTICE);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        sentence.setId("error-sentence");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        sentence.getStyleClass().add(Styles.ERROR_SENTENCE);
        code.setId("error-code");
        code.getStyleClass().add(Styles.CAPTION);
        code.setWrapText(true);
        HBox buttons = new HBox(
                4,
                code,
                Controls.spacer(),
                new CopyDiagnosticsButton("error-copy", help),
                Controls.button("error-close", Styles.QUIET_BUTTON, Texts.text(Keys.TOAST_CLOSE), this::close));
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(sentence, buttons);
        Controls.show(this, false);
    }

    /** Shows one more; several share the notice. */
    public void show(Trouble trouble) {
        codes.add(trouble.code());
        sentence.setText(trouble.sentence() + " " + Texts.text(Keys.TROUBLE_GOES_ON));
        code.setText(Texts.text(Keys.TROUBLE_CODE, String.join(", ", codes)));
        Controls.show(this, true);
    }

    private void close() {
        codes.clear();
        Controls.show(this, false);
    }
}
