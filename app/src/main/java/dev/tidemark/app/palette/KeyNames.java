package dev.tidemark.app.palette;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Formats keys with the names on keyboards of the user's language. JavaFX has only the English names. */
public final class KeyNames {
    private static final Map<KeyCode, String> NAMES = Map.of(
            KeyCode.ENTER, Keys.KEY_ENTER,
            KeyCode.DELETE, Keys.KEY_DELETE,
            KeyCode.SPACE, Keys.KEY_SPACE,
            KeyCode.PAGE_UP, Keys.KEY_PAGE_UP,
            KeyCode.PAGE_DOWN, Keys.KEY_PAGE_DOWN);

    private KeyNames() {}

    /** Formats keys in words, or in symbols on systems that have them. */
    public static String of(KeyCombination keys) {
        String text = keys.getDisplayText();
        if (keys instanceof KeyCodeCombination one && NAMES.containsKey(one.getCode())) {
            String bare = new KeyCodeCombination(one.getCode()).getDisplayText();
            text = text.substring(0, text.length() - bare.length()) + Messages.text(NAMES.get(one.getCode()));
        }
        return text.replace("Ctrl+", Messages.text(Keys.KEY_CONTROL) + "+")
                .replace("Shift+", Messages.text(Keys.KEY_SHIFT) + "+");
    }

    /** Returns the same keys with a localised text for menus. */
    public static KeyCombination localized(KeyCombination keys) {
        return new Localized(keys);
    }

    private static final class Localized extends KeyCombination {
        private final KeyCombination keys;

        Localized(KeyCombination keys) {
            super(keys.getShift(), keys.getControl(), keys.getAlt(), keys.getMeta(), keys.getShortcut());
            this.keys = keys;
        }

        @Override
        public boolean match(KeyEvent event) {
            return keys.match(event);
        }

        @Override
        public String getName() {
            return keys.getName();
        }

        @Override
        public String getDisplayText() {
            return of(keys);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Localized localized && localized.keys.equals(keys);
        }

        @Override
        public int hashCode() {
            return keys.hashCode();
        }
    }
}
