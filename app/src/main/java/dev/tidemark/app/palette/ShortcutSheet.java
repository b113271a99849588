package dev.tidemark.app.palette;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Lists all keys of the window by group. */
public final class ShortcutSheet extends VBox {
    private static final double COLUMN = 330;

    /** A line of the sheet: the name of a command and its keys as text. */
    public record KeyHint(Command.Group group, String name, String keys) {}

    private final Button close;

    /**
     * Lists the keys of the commands and of the hints.
     *
     * @param hints describe the keys that work only while a certain control has the focus
     */
    public ShortcutSheet(List<Command> commands, List<KeyHint> hints, Runnable close) {
        setId("shortcuts");
        getStyleClass().addAll(Styles.OVERLAY_CARD, Styles.SHORTCUTS);
        Label title = Controls.styled(new Label(Messages.text(Keys.SHORTCUTS_TITLE)), Styles.SETTINGS_TITLE);
        this.close = Controls.iconButton("shortcuts-close", Icons.CLOSE, Messages.text(Keys.SHORTCUTS_CLOSE), close);
        List<KeyHint> all = new ArrayList<>();
        commands.stream()
                .filter(command -> command.keys() != null)
                .forEach(command -> all.add(new KeyHint(command.group(), command.name(), command.keyText())));
        all.addAll(hints);
        VBox left = new VBox(
                24,
                group(Command.Group.ITEMS, Keys.SHORTCUTS_ITEMS, all),
                group(Command.Group.TEXT, Keys.SHORTCUTS_TEXT, all));
        VBox right = new VBox(
                24,
                group(Command.Group.PLACES, Keys.SHORTCUTS_PLACES, all),
                group(Command.Group.WINDOW, Keys.SHORTCUTS_WINDOW, all));
        HBox both = Controls.styled(new HBox(left, right), Styles.SHORTCUT_COLUMNS);
        ScrollPane columns = Controls.scrolling("shortcuts-scroll", Messages.text(Keys.SHORTCUTS_TITLE), both);
        columns.setMinHeight(0);
        // The close button is the only control in the sheet, so its handler also handles the keys that scroll.
        this.close.setOnKeyPressed(event -> scroll(columns, event));
        HBox head = Controls.styled(new HBox(title, Controls.spacer(), this.close), Styles.SHORTCUTS_HEAD);
        Region fade = Controls.styled(new Region(), Styles.SCROLL_FADE);
        fade.setMouseTransparent(true);
        fade.visibleProperty().bind(columns.vvalueProperty().lessThan(columns.vmaxProperty()));
        StackPane.setAlignment(fade, Pos.BOTTOM_CENTER);
        StackPane body = new StackPane(columns, fade);
        body.setMinHeight(0);
        getChildren().setAll(head, body);
    }

    private static void scroll(ScrollPane columns, KeyEvent event) {
        double step = switch (event.getCode()) {
            case UP -> -0.1;
            case DOWN -> 0.1;
            case PAGE_UP, HOME -> -1;
            case PAGE_DOWN, END -> 1;
            default -> 0;
        };
        if (step != 0) {
            columns.setVvalue(Math.clamp(columns.getVvalue() + step, 0, 1));
            event.consume();
        }
    }

    /** The control that gets the focus. */
    public Node first() {
        return close;
    }

    private static VBox group(Command.Group group, String key, List<KeyHint> all) {
        Label heading = Controls.styled(new Label(Messages.text(key)), Styles.SHORTCUT_HEADING);
        VBox rows = new VBox(heading);
        all.stream()
                .filter(hint -> hint.group() == group)
                .map(ShortcutSheet::row)
                .forEach(rows.getChildren()::add);
        return rows;
    }

    private static HBox row(KeyHint hint) {
        Label name = Controls.wrapped(new Label(hint.name()));
        Label keys = Controls.styled(new Label(hint.keys()), Styles.KEYS);
        keys.setMinWidth(USE_PREF_SIZE);
        HBox row = Controls.styled(new HBox(8, name, Controls.spacer(), keys), Styles.SHORTCUT_ROW);
        row.setPrefWidth(UiScale.scaled(COLUMN));
        return row;
    }
}
