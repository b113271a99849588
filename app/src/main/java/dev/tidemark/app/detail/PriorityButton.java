package dev.tidemark.app.detail;

import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.PriorityFlag;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.function.Consumer;
import javafx.scene.layout.VBox;

/** Shows the priority of an item. Opens a popup to change the priority. */
final class PriorityButton extends PopupButton<Priority> {
    private final PriorityFlag flag = new PriorityFlag(Priority.NONE.text());
    private Priority priority = Priority.NONE;

    PriorityButton(Consumer<Priority> chosen) {
        super("detail-priority", Icons.PRIORITY, Keys.DETAIL_PRIORITY, chosen);
        setGraphic(flag);
    }

    void show(Priority value) {
        priority = value;
        flag.show(value.text());
        String text = Messages.text(PriorityFormat.key(value));
        showValue(
                value == Priority.NONE ? null : Messages.text(PriorityFormat.shortKey(value)),
                Messages.text(Keys.PRIORITY_ACCESSIBLE, text));
    }

    @Override
    VBox createContent() {
        VBox choices = new VBox();
        for (Priority each : Priority.values()) {
            choices.getChildren()
                    .addFirst(choice(
                            "priority-" + each.text(),
                            Messages.text(PriorityFormat.key(each)),
                            each == priority,
                            () -> finish(each)));
        }
        return new VBox(choices);
    }
}
