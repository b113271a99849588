package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.TextInputBinding;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemList;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.palette.ButtonCommand;
import dev.tidemark.app.palette.Command;
import dev.tidemark.app.palette.Command.Group;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Shows the open item in the detail pane: notices, title, fields, body, attachments and buttons. */
public final class DetailView extends BorderPane {
    private final DetailViewModel model;
    private final Supplier<List<ItemList>> lists;
    private final Button back;
    private final CheckBox tick = new CheckBox();
    private final ToggleButton preview =
            Controls.iconToggle("detail-preview-toggle", Icons.PREVIEW, Messages.text(Keys.DETAIL_PREVIEW));
    private final DetailMenu menu;
    private final ItemNotices notices;
    private final DueButton due;
    private final ListButton list;
    private final BodyPane texts;
    private final RepeatButton repeat;
    private final ReminderButton reminder;
    private final PriorityButton priority;
    private final Button attach;
    private final TagRow tags;
    private final VBox fields;
    private final AttachmentList attachments;
    private final DetailFooter foot;
    private final StackPane placeholder = new StackPane(new Label(Messages.text(Keys.DETAIL_NOTHING)));
    private final BorderPane something = new BorderPane();
    private TitleArea title = new TitleArea(() -> {});
    private Subscription shown = Subscription.EMPTY;

    /** The item whose conflict gets the focus as soon as the pane shows the item. */
    private @Nullable UUID conflictItem;

    /**
     * The actions that the window runs for the pane.
     *
     * @param print prints the open item
     * @param back shows the list again if the detail pane covers the list
     * @param history shows the history of an item
     * @param opener opens an address with the system's default program
     */
    public record Actions(
            Consumer<UUID> trash,
            Consumer<UUID> restore,
            Consumer<UUID> purge,
            Runnable duplicate,
            Runnable print,
            Runnable back,
            Consumer<UUID> history,
            Consumer<URI> opener) {}

    public DetailView(
            DetailViewModel model,
            ConflictsViewModel conflicts,
            AttachmentsViewModel files,
            Supplier<List<ItemList>> lists,
            Actions actions) {
        this.model = model;
        this.lists = lists;
        notices = new ItemNotices(conflicts, this::listName, actions.restore(), actions.purge(), actions.history());
        getStyleClass().add(Styles.DETAIL_PANE);
        setId("detail");
        back = Controls.iconButton("detail-back", Icons.BACK, Messages.text(Keys.DETAIL_BACK), actions.back());
        menu = new DetailMenu(
                model.formProperty()::get,
                this::toggleKind,
                actions.duplicate(),
                actions.print(),
                () -> withForm(form -> actions.trash().accept(form.id())));
        due = new DueButton(model);
        list = new ListButton(lists, model::setList);
        placeholder.getStyleClass().add(Styles.NOTHING_SELECTED);
        something.setTop(createBar());
        attachments = new AttachmentList(files);
        texts = new BodyPane(model, files, actions.opener());
        repeat = new RepeatButton(model);
        reminder = new ReminderButton(model);
        priority = new PriorityButton(model::setPriority);
        tags = new TagRow(model);
        attach = Controls.styled(
                Controls.flatButton(
                        "detail-attach", Icons.ATTACHMENT, Messages.text(Keys.DETAIL_ATTACH), attachments::chooseFiles),
                Styles.PILL,
                Styles.UNSET);
        attach.setAccessibleText(Messages.text(Keys.ATTACHMENTS_ADD));
        FlowPane pills =
                Controls.styled(new FlowPane(due, list, repeat, reminder, priority, attach), Styles.DETAIL_PILLS);
        fields = Controls.styled(new VBox(pills, tags), Styles.ITEM_FIELDS);
        foot = new DetailFooter(model, () -> withForm(form -> actions.history().accept(form.id())));
        something.setBottom(foot);
        something.setOnDragOver(attachments::dragOver);
        something.setOnDragDropped(event -> attachments.dropped(event, texts.placing(event)));
        something.addEventFilter(KeyEvent.KEY_PRESSED, this::pasteFiles);
        preview.selectedProperty().subscribe(texts::setPreview);
        model.formProperty().subscribe(this::show);
    }

    private HBox createBar() {
        tick.setId("detail-done");
        tick.getStyleClass().add(Styles.TICK);
        tick.setAccessibleText(Messages.text(Keys.DETAIL_DONE));
        tick.setOnAction(event -> model.setDone(tick.isSelected()));
        setNarrow(false);
        return Controls.styled(new HBox(back, Controls.spacer(), preview, menu.button()), Styles.DETAIL_BAR);
    }

    /**
     * Attaches copied files or a copied picture before a field handles the paste. A field would insert the names of the
     * files, and nothing for a picture.
     */
    private void pasteFiles(KeyEvent event) {
        if (event.getCode() == KeyCode.V && event.isShortcutDown() && attachments.paste(texts.placing())) {
            event.consume();
        }
    }

    /** Shows or hides the back button, which only a narrow window needs. */
    public void setNarrow(boolean narrow) {
        Controls.show(back, narrow);
    }

    private void withForm(Consumer<ItemForm> action) {
        ItemForm form = model.formProperty().get();
        if (form != null) {
            action.accept(form);
        }
    }

    private void toggleKind() {
        withForm(form -> model.setKind(form.itemProperty().get().kind() == Kind.TODO ? Kind.NOTE : Kind.TODO));
    }

    /** Shows an item in new fields, so that a field's undo cannot restore the text of another item. */
    private void show(@Nullable ItemForm form) {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
        notices.clear();
        if (form == null) {
            setCenter(placeholder);
            return;
        }
        title = new TitleArea(() -> texts.area().requestFocus());
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox head = Controls.styled(new HBox(tick, title), Styles.DETAIL_HEAD);
        VBox content = Controls.styled(new VBox(notices, head, fields, texts, attachments), Styles.DETAIL_CONTENT);
        VBox.setVgrow(texts, Priority.ALWAYS);
        StackPane sheet = new StackPane(content);
        StackPane.setAlignment(content, Pos.TOP_CENTER);
        something.setCenter(sheet);
        shown = Subscription.combine(
                TextInputBinding.bind(title, form.title().textProperty(), form.title()::type),
                texts.show(form),
                title.focusedProperty().subscribe((before, now) -> {
                    if (!now) {
                        model.flush();
                    }
                }),
                form.itemProperty().subscribe(this::showItem),
                form.originProperty().subscribe(origin -> foot.show(form)),
                model.timeProperty().subscribe(time -> foot.show(form)),
                form.problemProperty().subscribe(problem -> foot.show(form)),
                form.deletedProperty().subscribe(deleted -> notices.show(form)),
                form.mergedWithProperty().subscribe(devices -> notices.show(form)),
                form.losingVersionsProperty().subscribe(losing -> {
                    notices.show(form);
                    showConflict();
                }));
        setCenter(something);
        showConflict();
    }

    private void showConflict() {
        withForm(form -> {
            if (!form.id().equals(conflictItem) || notices.focusConflict()) {
                conflictItem = null;
            }
        });
    }

    private void showItem(Item item) {
        boolean todo = item.kind() == Kind.TODO;
        Controls.show(tick, todo);
        tick.setSelected(item.done());
        tick.setDisable(item.trashed());
        Controls.toggleStyle(title, Styles.DONE, item.done());
        due.show(item.due(), item.isOpen());
        list.show(item.listId(), item.list());
        Controls.show(repeat, todo);
        repeat.show(item.due());
        reminder.show(item);
        priority.show(item.priority());
        tags.show(item.tags());
        withForm(notices::show);
    }

    private Optional<String> listName(UUID id) {
        return lists.get().stream()
                .filter(candidate -> candidate.id().equals(id))
                .map(ItemList::name)
                .findFirst();
    }

    /** Focuses the conflict notice of an item, at once or when the item is shown. */
    public void focusConflict(UUID item) {
        conflictItem = item;
        ItemForm form = model.formProperty().get();
        if (getCenter().equals(something) && form != null && form.id().equals(item)) {
            showConflict();
        }
    }

    /** Returns the commands that press the buttons of the pane, for the command palette. */
    public List<ButtonCommand> buttonCommands() {
        return List.of(
                ButtonCommand.of(reminder, Group.ITEMS, Icons.REMINDER, Messages.text(Keys.COMMAND_SET_REMINDER)),
                ButtonCommand.of(repeat, Group.ITEMS, Icons.REPEAT, Messages.text(Keys.COMMAND_SET_REPEAT)),
                ButtonCommand.of(priority, Group.ITEMS, Icons.PRIORITY, Messages.text(Keys.COMMAND_SET_PRIORITY)),
                ButtonCommand.of(attach, Group.ITEMS, Icons.ATTACHMENT, Messages.text(Keys.ATTACHMENTS_ADD)),
                ButtonCommand.of(due, Group.ITEMS, Icons.DUE, Messages.text(Keys.COMMAND_SET_DUE)),
                ButtonCommand.of(list, Group.ITEMS, Icons.LIST, Messages.text(Keys.COMMAND_SET_LIST)),
                new ButtonCommand(
                        menu.button(),
                        new Command(
                                Group.ITEMS, Icons.NOTES, Messages.text(Keys.COMMAND_KIND), null, this::toggleKind)),
                ButtonCommand.of(foot.history(), Group.ITEMS, Icons.TIME, Messages.text(Keys.DETAIL_HISTORY)),
                ButtonCommand.of(
                        preview,
                        Group.TEXT,
                        Icons.PREVIEW,
                        Messages.text(Keys.DETAIL_PREVIEW),
                        new KeyCodeCombination(KeyCode.E, KeyCombination.SHORTCUT_DOWN)));
    }

    public void focusTitle() {
        title.requestFocus();
    }
}
