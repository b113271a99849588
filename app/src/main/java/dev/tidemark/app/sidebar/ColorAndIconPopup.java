package dev.tidemark.app.sidebar;

import dev.tidemark.app.fx.ColorDot;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;

/**
 * Lets the user change the colour and icon of a sidebar line. Each choice applies at once. Escape or a click outside
 * closes the popup.
 */
final class ColorAndIconPopup extends Popup {
    /**
     * The available icons, mapped to the message keys of their names. An icon that only a later version of the app has
     * appears as a dot.
     */
    static final Map<String, String> ICONS = icons();

    private static final int COLUMNS = 8;
    private static final double SIDE = 24;

    private final Consumer<@Nullable String> colored;
    private final Consumer<@Nullable String> drawn;

    /**
     * @param colored receives the name of the chosen colour
     * @param drawn receives the name of the chosen icon; {@code null} for none
     */
    ColorAndIconPopup(Consumer<@Nullable String> colored, Consumer<@Nullable String> drawn) {
        this.colored = colored;
        this.drawn = drawn;
        setAutoHide(true);
    }

    private static Map<String, String> icons() {
        Map<String, String> icons = new LinkedHashMap<>();
        icons.put("fth-home", Keys.LOOK_ICON_HOME);
        icons.put("fth-briefcase", Keys.LOOK_ICON_BRIEFCASE);
        icons.put("fth-shopping-cart", Keys.LOOK_ICON_CART);
        icons.put("fth-book", Keys.LOOK_ICON_BOOK);
        icons.put("fth-heart", Keys.LOOK_ICON_HEART);
        icons.put("fth-star", Keys.LOOK_ICON_STAR);
        icons.put("fth-map", Keys.LOOK_ICON_MAP);
        icons.put("fth-music", Keys.LOOK_ICON_MUSIC);
        icons.put("fth-camera", Keys.LOOK_ICON_CAMERA);
        icons.put("fth-coffee", Keys.LOOK_ICON_CUP);
        icons.put("fth-gift", Keys.LOOK_ICON_GIFT);
        icons.put("fth-users", Keys.LOOK_ICON_PEOPLE);
        icons.put("fth-tool", Keys.LOOK_ICON_TOOL);
        icons.put("fth-truck", Keys.LOOK_ICON_TRUCK);
        icons.put("fth-sun", Keys.LOOK_ICON_SUN);
        icons.put("fth-umbrella", Keys.LOOK_ICON_UMBRELLA);
        icons.put("fth-code", Keys.LOOK_ICON_CODE);
        icons.put("fth-film", Keys.LOOK_ICON_FILM);
        icons.put("fth-globe", Keys.LOOK_ICON_GLOBE);
        icons.put("fth-archive", Keys.LOOK_ICON_ARCHIVE);
        return Collections.unmodifiableMap(icons);
    }

    /** Opens the popup below the line. */
    void show(Node line, @Nullable String color, @Nullable String icon) {
        FlowPane colors = row("look-colors");
        for (String name : ColorDot.PALETTE) {
            Button button = choice("color-" + name, Messages.text(Keys.LOOK_COLOR, name(name)), name.equals(color));
            button.setGraphic(new ColorDot(name));
            button.setOnAction(event -> choose(colors, button, () -> colored.accept(name)));
            colors.getChildren().add(button);
        }
        FlowPane icons = row("look-icons");
        Button none = choice("icon-none", Messages.text(Keys.LOOK_NO_ICON), icon == null);
        none.setGraphic(Controls.icon(Icons.NONE));
        none.setOnAction(event -> choose(icons, none, () -> drawn.accept(null)));
        icons.getChildren().add(none);
        ICONS.forEach((name, key) -> {
            Button button = choice(name, Messages.text(Keys.LOOK_ICON, Messages.text(key)), name.equals(icon));
            button.setGraphic(Controls.icon(name));
            button.setOnAction(event -> choose(icons, button, () -> drawn.accept(name)));
            icons.getChildren().add(button);
        });
        VBox content = Controls.styled(new VBox(colors, icons), Styles.LOOK_POPUP);
        content.setId("look-popup");
        Controls.stylePopup(content.getStyleClass());
        getContent().setAll(content);
        var point = line.localToScreen(0, line.getLayoutBounds().getHeight());
        show(line, point.getX() + 8, point.getY() + 4);
        Objects.requireNonNull(colors.getChildren().getFirst()).requestFocus();
    }

    private static FlowPane row(String id) {
        FlowPane row = new FlowPane();
        row.setId(id);
        row.setPrefWrapLength(COLUMNS * UiScale.scaled(SIDE));
        return row;
    }

    private static Button choice(String id, String name, boolean selected) {
        Button button = Controls.styled(new Button(), Styles.ICON_BUTTON, Styles.SMALL);
        button.setId(id);
        Controls.name(button, name);
        mark(button, selected);
        return button;
    }

    private static void mark(Button button, boolean selected) {
        String name = button.getTooltip().getText();
        Controls.toggleStyle(button, Styles.CHOSEN, selected);
        button.setAccessibleText(selected ? Messages.text(Keys.CHOICE_HOLDS, name) : name);
    }

    private static void choose(FlowPane row, Button selected, Runnable action) {
        row.getChildren().forEach(button -> mark((Button) button, button.equals(selected)));
        action.run();
    }

    private static String name(String color) {
        return switch (color) {
            case "teal" -> Messages.text(Keys.COLOR_TEAL);
            case "blue" -> Messages.text(Keys.COLOR_BLUE);
            case "purple" -> Messages.text(Keys.COLOR_PURPLE);
            case "orange" -> Messages.text(Keys.COLOR_ORANGE);
            case "green" -> Messages.text(Keys.COLOR_GREEN);
            case "pink" -> Messages.text(Keys.COLOR_PINK);
            case "yellow" -> Messages.text(Keys.COLOR_YELLOW);
            case "red" -> Messages.text(Keys.COLOR_RED);
            default -> color.toUpperCase(Locale.ROOT);
        };
    }
}
