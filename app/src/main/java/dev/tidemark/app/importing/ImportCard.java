package dev.tidemark.app.importing;

import dev.tidemark.app.fx.Controls;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.fx.UiScale;
import dev.tidemark.app.model.ImportPlan;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/**
 * Shows the content of an exported file and the effect of importing it, and asks for confirmation. If the file cannot
 * be imported, shows the reason instead. For the JavaFX thread.
 */
public final class ImportCard extends VBox {
    private static final double WIDTH = 460;

    private final Node first;

    public ImportCard(ImportViewModel model, ImportViewModel.Found found, Runnable close) {
        setId("import");
        getStyleClass().addAll(Styles.OVERLAY_CARD, Styles.WELCOME);
        setPrefWidth(UiScale.scaled(WIDTH));
        Button cancel = Controls.button("import-cancel", Styles.PLAIN, Messages.text(Keys.IMPORT_CANCEL), close);
        HBox buttons = new HBox(8, cancel);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox.setMargin(buttons, new Insets(16, 0, 0, 0));
        Label title =
                line(Messages.text(Keys.IMPORT_TITLE, SingleLineText.abbreviate(found.name())), Styles.SETTINGS_TITLE);
        title.setId("import-title");
        getChildren().add(title);
        switch (found) {
            case ImportViewModel.Importable importable -> {
                describe(importable);
                if (importable.plan().added() + importable.plan().changed() > 0) {
                    Button importButton =
                            Controls.button("import-take", Styles.PRIMARY, Messages.text(Keys.IMPORT_TAKE), () -> {
                                close.run();
                                model.importItems(importable);
                            });
                    importButton.setDefaultButton(true);
                    buttons.getChildren().add(importButton);
                }
            }
            case ImportViewModel.Refused refused -> {
                Label sentence = line(refused.sentence(), Styles.SETTINGS_HINT);
                sentence.setId("import-problem");
                sentence.getStyleClass().add(Styles.PROBLEM);
                getChildren().add(sentence);
            }
        }
        first = buttons.getChildren().getLast();
        if (first.equals(cancel)) {
            cancel.setText(Messages.text(Keys.IMPORT_CLOSE));
            cancel.setAccessibleText(cancel.getText());
        }
        getChildren().add(buttons);
    }

    private void describe(ImportViewModel.Importable importable) {
        ImportPlan plan = importable.plan();
        Label contents = line(Messages.text(Keys.IMPORT_CONTENTS, plan.todos(), plan.notes()), Styles.SETTINGS_NAME);
        contents.setId("import-contents");
        VBox titles = new VBox(2);
        plan.titles().forEach(text -> titles.getChildren().add(title(text)));
        int more = plan.items() - plan.titles().size();
        if (more > 0 && !plan.titles().isEmpty()) {
            titles.getChildren().add(line(Messages.text(Keys.IMPORT_MORE, more), Styles.SETTINGS_HINT));
        }
        Label format = line(ImportViewModel.format(importable.content()), Styles.SETTINGS_HINT);
        format.setId("import-format");
        VBox effects = new VBox(4, format, contents, titles);
        VBox.setMargin(titles, new Insets(0, 0, 8, 0));
        for (String effect : ImportViewModel.effects(plan)) {
            effects.getChildren().add(line(effect, Styles.SETTINGS_NAME));
        }
        List<String> unmapped = ImportViewModel.unmapped(importable.content());
        if (!unmapped.isEmpty()) {
            Label heading = line(Messages.text(Keys.IMPORT_UNMAPPED), Styles.SETTINGS_NAME);
            VBox.setMargin(heading, new Insets(8, 0, 0, 0));
            effects.getChildren().add(heading);
            unmapped.forEach(sentence -> effects.getChildren().add(line("• " + sentence, Styles.SETTINGS_HINT)));
        }
        effects.setId("import-effects");
        effects.getChildren().add(line(Messages.text(Keys.IMPORT_HINT), Styles.SETTINGS_HINT));
        getChildren().add(effects);
    }

    private static Label line(String text, String style) {
        return Controls.wrapped(Controls.styled(new Label(text), style));
    }

    /** Creates a label with a title on one line, which is cut off if too long. */
    private static Label title(String text) {
        Label label = new Label("• " + SingleLineText.of(text));
        label.getStyleClass().add(Styles.ITEM_EXCERPT);
        return label;
    }

    /** Returns the node that takes the focus when the card opens. */
    public Node first() {
        return first;
    }

    /** Asks for a file to import. Returns empty if the user chooses none. */
    public static Optional<Path> choose(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.COMMAND_IMPORT));
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(
                                Messages.text(Keys.IMPORT_FILTER),
                                "*.tidemark",
                                "*.jsonl",
                                "*.json",
                                "*.md",
                                "*.txt",
                                "*.csv",
                                "*.ics",
                                "*.jex"),
                        new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FILTER_ALL), "*"));
        return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
    }

    /** Asks for a folder to import. Returns empty if the user chooses none. */
    public static Optional<Path> chooseFolder(Window owner) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text(Keys.COMMAND_IMPORT_FOLDER));
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }
}
