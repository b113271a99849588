package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The fields below the title of an item: repeat, reminder, priority, attach button and tags. */
final class ItemFields extends VBox {
    private final RepeatButton repeat;
    private final ReminderButton reminder;
    private final PriorityButton priority;
    private final TagRow tags;
    private final Button attach;

    /** @param chooseFile asks for a file to attach */
    ItemFields(DetailViewModel model, Runnable chooseFile) {
        getStyleClass().add(Styles.ITEM_FIELDS);
        repeat = new RepeatButton(model::now, model::setDue);
        reminder = new ReminderButton(model::now, model::setReminder);
        priority = new PriorityButton(model::setPriority);
        tags = new TagRow(model);
        attach =
                Controls.iconButton("detail-attach", Icons.ATTACHMENT, Messages.text(Keys.ATTACHMENTS_ADD), chooseFile);
        FlowPane buttons = new FlowPane(repeat, reminder, priority, attach);
        buttons.getStyleClass().add(Styles.DETAIL_META);
        getChildren().setAll(buttons, tags);
    }

    /** The buttons, as commands of the palette. */
    List<ButtonCommand> buttonCommands() {
        return List.of(
                ButtonCommand.of(reminder, Group.ITEMS, Icons.REMINDER, Messages.text(Keys.COMMAND_SET_REMINDER)),
                ButtonCommand.of(repeat, Group.ITEMS, Icons.REPEAT, Messages.text(Keys.COMMAND_SET_REPEAT)),
                ButtonCommand.of(priority, Group.ITEMS, Icons.PRIORITY, Messages.text(Keys.COMMAND_SET_PRIORITY)),
                ButtonCommand.of(attach, Group.ITEMS, Icons.ATTACHMENT, Messages.text(Keys.ATTACHMENTS_ADD)));
    }

    void show(Item item) {
        Controls.show(repeat, item.kind() == Kind.TODO);
        repeat.show(item.due());
        reminder.show(item);
        priority.show(item.priority());
        tags.show(item.tags());
    }
}
