package dev.tidemark.app.fx;

import javafx.geometry.NodeOrientation;
import javafx.scene.Node;

/** Sets the direction of a text from its first letter, like web browsers; JavaFX does not. For the JavaFX thread. */
public final class WritingDirection {
    /** A text that begins with more digits and punctuation than this keeps the default direction. */
    private static final int LOOKED_AT = 1000;

    private WritingDirection() {}

    /** Sets orientation and font of a node for its text. */
    public static void apply(Node node, String text) {
        NodeOrientation wanted = of(text);
        if (node.getNodeOrientation() != wanted) {
            node.setNodeOrientation(wanted);
        }
        node.setStyle(RtlWrapWorkaround.style(text));
    }

    /** Right to left for texts that begin in a script such as Arabic or Hebrew, otherwise inherited. */
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
