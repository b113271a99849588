package dev.tidemark.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class LazyChildrenTest {
    private final VBox pane = new VBox();
    private final Node head = new Region();
    private final Node hidden = hidden();
    private final Node alsoHidden = hidden();
    private final Node foot = new Region();

    private static Node hidden() {
        Node part = new Region();
        part.setVisible(false);
        return part;
    }

    @Test
    void whatIsHiddenComesToItsPlaceWhenItIsFirstToBeSeen() {
        LazyChildren.fill(pane, head, hidden, alsoHidden, foot);
        assertThat(pane.getChildren()).containsExactly(head, foot);

        alsoHidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(head, alsoHidden, foot);

        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(head, hidden, alsoHidden, foot);
    }

    @Test
    void whatWasSeenStaysWhenItIsHiddenAgain() {
        LazyChildren.fill(pane, head, hidden, foot);
        hidden.setVisible(true);
        hidden.setVisible(false);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(head, hidden, foot);
    }

    @Test
    void whatElseIsInThePaneDoesNotMatter() {
        LazyChildren.fill(pane, head, hidden);
        pane.getChildren().add(foot);
        hidden.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(head, hidden, foot);
    }
}
