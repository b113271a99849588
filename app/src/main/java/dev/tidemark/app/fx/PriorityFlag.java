package dev.tidemark.app.fx;

import dev.tidemark.resources.Styles;
import javafx.css.PseudoClass;
import javafx.scene.layout.Region;

/** A flag that shows a priority by its shape: filled for high, half filled for medium, an outline for low or none. */
public final class PriorityFlag extends Region {
    private static final PseudoClass HIGH = PseudoClass.getPseudoClass("high");
    private static final PseudoClass MEDIUM = PseudoClass.getPseudoClass("medium");

    /** @param priority the stored name of the priority */
    public PriorityFlag(String priority) {
        Controls.styled(this, Styles.PRIORITY_FLAG);
        setMouseTransparent(true);
        show(priority);
    }

    public void show(String priority) {
        pseudoClassStateChanged(HIGH, priority.equals("high"));
        pseudoClassStateChanged(MEDIUM, priority.equals("medium"));
    }
}
