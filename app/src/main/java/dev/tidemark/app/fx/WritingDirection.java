package dev.tidemark.app.fx;

import javafx.geometry.NodeOrientation;
import javafx.scene.Node;

/** From which side a text is read, which JavaFX does not find out by itself: that of its first letter, as in web pages. For the JavaFX thread. */
public final class WritingDirection {
    /** Who begins with thousands of digits and signs is read as everybody. */
    private static final int LOOKED_AT = 1000;

    private WritingDirection() {}

    /** Has a node that shows this text begin where the text begins. */
    public static void apply(Node node, String text) {
        NodeOrientation wanted = of(text);
        if (node.getNodeOrientation() != wanted) {
            node.setNodeOrientation(wanted);
        }
        node.setStyle(RtlWrapWorkaround.style(text));
    }

    /** From the right for texts that begin in Arabic, Hebrew and the like; else as everything around it. */
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
                    // Digits, signs and blanks are read from both sides.
                }
            }
        }
        return NodeOrientation.INHERIT;
    }
}
