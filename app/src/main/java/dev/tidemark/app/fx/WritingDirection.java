package dev.tidemark.app.fx;

import javafx.geometry.NodeOrientation;
import javafx.scene.Node;

/** Sets the direction of a text by its first letter, as web browsers do and JavaFX does not. For the JavaFX thread. */
public final class WritingDirection {
    /**
     * The number of characters that are searched for a letter. If none of them is a letter, the text keeps the default
     * direction.
     */
    private static final int LOOKED_AT = 1000;

    private WritingDirection() {}

    /** Sets the orientation and the font of a node for the text that it shows. */
    public static void apply(Node node, String text) {
        NodeOrientation wanted = of(text);
        if (node.getNodeOrientation() != wanted) {
            node.setNodeOrientation(wanted);
        }
        node.setStyle(RtlWrapWorkaround.style(text));
    }

    /**
     * Returns right to left for a text that begins in a script such as Arabic or Hebrew, otherwise the inherited
     * direction.
     */
    static NodeOrientation of(String text) {
        int end = Math.min(text.length(), LOOKED_AT);
        for (int at = 0; at < end; at += Character.charCount(text.codePointAt(at))) {
            switch (Character.getDirectionality(text.codePointAt(at))) {
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                    return NodeOrientation.RIGHT_TO_LEFT;
                }
                case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                    return NodeOrientation.INHERIT;
                }
                default -> {
                    // Digits, punctuation and spaces have no direction.
                }
            }
        }
        return NodeOrientation.INHERIT;
    }
}
