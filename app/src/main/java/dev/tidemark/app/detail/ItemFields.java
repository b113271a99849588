package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Kind;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The fields below the title of an item: repeat, reminder, priority, attach button and tags. */
final class ItemFields extends VBox {
    private final RepeatButton repeat;
    private final ReminderButton reminder;
    private final PriorityButton priority;
    private final TagRow tags;

    /** @param attach asks for a file to attach */
    ItemFields(DetailViewModel model, Runnable attach) {
        getStyleClass().add(Styles.ITEM_FIELDS);
        repeat = new RepeatButton(model::setDue);
        reminder = new ReminderButton(model::setReminder);
        priority = new PriorityButton(model::setPriority);
        tags = new TagRow(model);
        FlowPane buttons = new FlowPane(
                repeat,
                reminder,
                priority,
                Controls.iconButton("detail-attach", Icons.ATTACHMENT, Messages.text(Keys.ATTACHMENTS_ADD), attach));
        buttons.getStyleClass().add(Styles.DETAIL_META);
        getChildren().setAll(buttons, tags);
    }

    void show(Item item) {
        Controls.show(repeat, item.kind() == Kind.TODO);
        repeat.show(item.due());
        reminder.show(item);
        priority.show(item.priority());
        tags.show(item.tags());
    }
}
