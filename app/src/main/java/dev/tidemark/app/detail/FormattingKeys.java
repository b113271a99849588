package dev.tidemark.app.detail;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Defines the shortcuts in the body of an item. Immutable. */
public final class FormattingKeys {
    public static final KeyCombination STRONG = new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN);

    public static final KeyCombination EMPHASIS = new KeyCodeCombination(KeyCode.I, KeyCombination.SHORTCUT_DOWN);

    public static final KeyCombination LINK =
            new KeyCodeCombination(KeyCode.K, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    /** Opens the link at the caret, or changes the checkbox of its line. */
    public static final KeyCombination FOLLOW =
            new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private FormattingKeys() {}
}
