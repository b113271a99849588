package dev.tidemark.app.list;

import dev.tidemark.app.format.DueFormat;
import dev.tidemark.app.format.PriorityFormat;
import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.LazyChildren;
import dev.tidemark.app.fx.PriorityFlag;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.Priority;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * Shows chips at the end of a row: origin, conflict, priority, tags, list and date. If the title needs the room, the
 * chips become shorter step by step, the least important first. The date never becomes shorter.
 */
final class ItemChips extends HBox {
    private static final double GAP = 10;
    private static final double SIGNS_GAP = 3;

    /**
     * The number of steps that make the chips shorter: only the first tag, no tags, list as a dot, conflict as an icon.
     */
    private static final int STEPS = 4;

    /** The maximum length, in characters, of the tag names in a chip. */
    private static final int MAX_NAMES_LENGTH = 18;

    private final ItemListViewModel model;
    private final Function<@Nullable UUID, @Nullable String> colors;
    private final Label origin = Controls.styled(new Label(), Styles.CHIP, Styles.SHORT);
    private final Label conflict = chip(Controls.icon(Icons.CONFLICT));
    private final Label list = Controls.styled(new Label(), Styles.CHIP, Styles.SHORT);
    private final Label tags = Controls.styled(new Label(), Styles.CHIP, Styles.SHORT);
    private final PriorityFlag flag = new PriorityFlag("");
    private final Label priority = chip(flag);
    private final Label due = Controls.styled(new Label(), Styles.CHIP, Styles.DATE);
    private final ColorDot dot = new ColorDot(null);
    private final Node late = Controls.icon(Icons.PROBLEM);
    private final Node repeats = Controls.icon(Icons.REPEAT);
    private final HBox signs = new HBox(SIGNS_GAP);
    private @Nullable UUID item;
    private List<String> allTags = List.of();
    private String tagNames = "";
    private int tagCount;
    private String listName = "";

    /** The width to which the chips were last fitted; NaN after a change. */
    private double fittedWidth = Double.NaN;

    private @Nullable Font fittedFont;

    ItemChips(ItemListViewModel model, Function<@Nullable UUID, @Nullable String> colors, Consumer<UUID> openConflict) {
        super(GAP);
        this.model = model;
        this.colors = colors;
        due.setMinWidth(USE_PREF_SIZE);
        conflict.setAccessibleText(Messages.text(Keys.LIST_ROW_CONFLICT));
        conflict.getStyleClass().add(Styles.CONFLICT);
        list.setGraphic(dot);
        signs.setAlignment(Pos.CENTER);
        setAlignment(Pos.CENTER_RIGHT);
        setMinWidth(USE_PREF_SIZE);
        explain(conflict, () -> Messages.text(Keys.COMMAND_CONFLICT));
        conflict.setOnMouseClicked(event -> {
            if (item != null && event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
                openConflict.accept(item);
            }
        });
        explain(priority, priority::getAccessibleText);
        explain(tags, () -> "#" + String.join(" #", allTags));
        explain(list, () -> listName);
        Label[] all = {origin, conflict, priority, tags, list, due};
        for (Label chip : all) {
            Controls.show(chip, false);
        }
        // Chips stay in the row after their first use, because JavaFX applies the styles again to each added node.
        LazyChildren.fill(this, all);
    }

    /**
     * Gives a chip a tooltip. Creates the tooltip only when the pointer enters the chip, because most rows never need
     * one.
     */
    private static void explain(Label chip, Supplier<String> text) {
        chip.setOnMouseEntered(event -> chip.setTooltip(Controls.tooltip(text.get())));
        chip.setOnMouseExited(event -> chip.setTooltip(null));
    }

    /** Shows the device whose change of this row just arrived; {@code null} hides the chip. */
    void showOrigin(@Nullable String device) {
        if (device != null || origin.isManaged()) {
            origin.setText(device == null ? "" : Messages.text(Keys.LIST_ROW_FROM, SingleLineText.abbreviate(device)));
            Controls.show(origin, device != null);
            fittedWidth = Double.NaN;
        }
    }

    private static Label chip(Node graphic) {
        Label chip = Controls.styled(new Label(), Styles.CHIP);
        chip.setGraphic(graphic);
        chip.setMinWidth(USE_PREF_SIZE);
        return chip;
    }

    void show(ItemRow row) {
        item = row.id();
        allTags = row.tags();
        tagCount = row.tags().size();
        tagNames = names(row.tags());
        listName = row.list() == null ? "" : SingleLineText.abbreviate(row.list());
        Controls.show(conflict, model.hasConflict(row.id()));
        Controls.show(priority, row.priority() != Priority.NONE);
        if (row.priority() != Priority.NONE) {
            priority.setAccessibleText(Messages.text(PriorityFormat.key(row.priority())));
            flag.show(row.priority().text());
        }
        Controls.show(tags, tagCount > 0);
        boolean namesList = row.list() != null && !model.showsOneList();
        Controls.show(list, namesList);
        if (namesList) {
            dot.show(colors.apply(row.listId()));
        }
        Due when = row.due();
        Controls.show(due, when != null);
        if (when != null) {
            showDue(row, when);
        }
        fold(0);
        fittedWidth = Double.NaN;
    }

    private static String tag(String name) {
        return SingleLineText.abbreviate("#" + name);
    }

    /** Joins as many tag names as fit into a chip. The tooltip shows all names. */
    private static String names(List<String> tags) {
        StringBuilder names = new StringBuilder();
        for (int index = 0; index < tags.size(); index++) {
            String name = tag(tags.get(index));
            if (index > 0 && names.length() + name.length() > MAX_NAMES_LENGTH) {
                break;
            }
            names.append(index > 0 ? " " : "").append(name);
        }
        return names.toString();
    }

    /** Shortens the chips step by step until they fit into a width, or no step is left. */
    void fitTo(double width) {
        Font font = due.getFont();
        if (width == fittedWidth && font.equals(fittedFont)) {
            return;
        }
        int step = 0;
        fold(step);
        while (prefWidth(USE_COMPUTED_SIZE) > width && step < STEPS) {
            step++;
            fold(step);
        }
        fittedWidth = width;
        fittedFont = font;
    }

    private void fold(int step) {
        tags.setText(step < 1 || tagCount == 0 ? tagNames : tag(allTags.getFirst()));
        Controls.show(tags, tagCount > 0 && step < 2);
        list.setText(step < 3 ? listName : "");
        conflict.setText(step < 4 ? Messages.text(Keys.LIST_ROW_CONFLICT) : "");
    }

    private void showDue(ItemRow row, Due when) {
        boolean isOpen = row.isOpen();
        LocalDate today = model.now().toLocalDate();
        due.setText(model.isDayInHeading(row) ? DueFormat.time(when.time()) : DueFormat.of(when, today));
        boolean isLate = isOpen && when.isBefore(model.now());
        List<Node> wanted = new ArrayList<>();
        if (isLate) {
            wanted.add(late);
        }
        if (when.repeat() != null) {
            wanted.add(repeats);
        }
        Controls.fill(signs.getChildren(), wanted);
        due.setGraphic(wanted.isEmpty() ? null : signs);
        Controls.show(due, !wanted.isEmpty() || !due.getText().isEmpty());
        Controls.toggleStyle(due, Styles.OVERDUE, isLate);
        Controls.toggleStyle(due, Styles.TODAY, isOpen && when.date().equals(today));
    }
}
