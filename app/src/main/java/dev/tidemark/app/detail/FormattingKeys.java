package dev.tidemark.app.detail;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** The keys that mark what is selected in the text of an item. Immutable. */
public final class FormattingKeys {
    /** As strong. */
    public static final KeyCombination STRONG = new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN);

    /** As emphasis. */
    public static final KeyCombination EMPHASIS = new KeyCodeCombination(KeyCode.I, KeyCombination.SHORTCUT_DOWN);

    /** As a link. */
    public static final KeyCombination LINK =
            new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private FormattingKeys() {}
}
