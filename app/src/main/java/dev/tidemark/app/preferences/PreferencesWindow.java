package dev.tidemark.app.preferences;

import dev.tidemark.app.backup.BackupsViewModel;
import dev.tidemark.app.errors.ErrorHelp;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.ThemeManager;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.fx.WindowIcon;
import dev.tidemark.app.repair.RepairViewModel;
import dev.tidemark.app.retention.SizesViewModel;
import dev.tidemark.app.sync.SyncViewModel;
import dev.tidemark.app.updates.UpdatesViewModel;
import dev.tidemark.resources.Icons;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.net.URI;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The settings window: its pages, and a navigation on the left. For the JavaFX thread. */
public final class PreferencesWindow {
    private static final double WIDTH = 860;
    private static final double HEIGHT = 640;

    private final Stage stage = new Stage();
    private final BorderPane root = new BorderPane();
    private final ToggleGroup group = new ToggleGroup();
    private final ToggleButton general;
    private final ToggleButton sync;
    private final ToggleButton data;
    private final ToggleButton program;

    /**
     * The services of the about page.
     *
     * @param help gives access to the log folder and the diagnostics
     * @param opener opens an address in the browser of the system
     */
    public record About(ErrorHelp help, UpdatesViewModel updates, Consumer<URI> opener) {}

    /** The view models of the data page. */
    public record Data(BackupsViewModel backups, RepairViewModel repair, SizesViewModel sizes) {}

    public PreferencesWindow(
            PreferencesViewModel model,
            SyncViewModel syncModel,
            Data services,
            About about,
            ThemeManager themes,
            Window owner) {
        root.getStyleClass().add(Styles.SETTINGS);
        general = page("settings-general", Icons.GENERAL, Keys.SETTINGS_GENERAL, new GeneralPage(model));
        sync = page("settings-sync", Icons.SYNC, Keys.SETTINGS_SYNC, new SyncPage(model, syncModel));
        data = page("settings-data", Icons.SAVE, Keys.SETTINGS_DATA, new DataPage(model, services, about.opener()));
        UpdatesGroup updates = new UpdatesGroup(model, about.updates(), about.opener());
        program = page("settings-about", Icons.ABOUT, Keys.SETTINGS_ABOUT, new AboutPage(about.help(), updates));
        VBox pages = new VBox(general, sync, data, program);
        pages.getStyleClass().add(Styles.SETTINGS_PAGES);
        root.setLeft(pages);
        Scene scene = new Scene(root, UiScale.scaled(WIDTH), HEIGHT);
        scene.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.hide();
            }
        });
        themes.applyTheme(scene);
        stage.initOwner(owner);
        stage.setTitle(Messages.text(Keys.SETTINGS_TITLE));
        WindowIcon.applyTo(stage);
        stage.setScene(scene);
        stage.setMinWidth(760);
        stage.setMinHeight(400);
    }

    private ToggleButton page(String id, String icon, String key, Node page) {
        ScrollPane scroll = new ScrollPane(page);
        scroll.setId(id + "-scroll");
        scroll.setAccessibleText(Messages.text(key));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        ToggleButton button = new PageButton(id, icon, Messages.text(key));
        button.setToggleGroup(group);
        button.selectedProperty().subscribe(selected -> {
            if (selected) {
                root.setCenter(scroll);
            }
        });
        return button;
    }

    /** Opens the window on its last page, or brings the window to the front. */
    public void show() {
        if (group.getSelectedToggle() == null) {
            group.selectToggle(general);
        }
        stage.show();
        stage.toFront();
    }

    public void showSync() {
        group.selectToggle(sync);
        show();
    }

    public void showAbout() {
        group.selectToggle(program);
        show();
    }

    public void close() {
        stage.hide();
    }

    public Stage stage() {
        return stage;
    }

    /** A toggle button that stays selected when the user presses it again. */
    private static final class PageButton extends ToggleButton {
        PageButton(String id, String icon, String text) {
            super(text, Controls.icon(icon));
            setId(id);
            setAccessibleText(text);
            getStyleClass().addAll(Styles.SIDEBAR_ENTRY, Styles.SETTINGS_ENTRY);
            setMaxWidth(Double.MAX_VALUE);
        }

        @Override
        public void fire() {
            if (!isSelected()) {
                super.fire();
            }
        }
    }
}
