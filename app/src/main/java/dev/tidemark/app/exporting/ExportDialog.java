package dev.tidemark.app.exporting;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks where to export to with the dialogs of the system. For the JavaFX thread. */
public final class ExportDialog {
    private ExportDialog() {}

    /** The types of files that the dialog offers, with their formats. */
    static Map<FileChooser.ExtensionFilter, String> types() {
        Map<FileChooser.ExtensionFilter, String> types = new LinkedHashMap<>();
        types.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_JSONL), "*.tidemark"), "jsonl");
        types.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_CSV), "*.csv"), "csv");
        types.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_ICALENDAR), "*.ics"), "icalendar");
        types.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_TODOTXT), "*.txt"), "todotxt");
        return types;
    }

    /** Asks for a file; its type is the format. */
    public static void file(Window owner, ExportViewModel model) {
        Map<FileChooser.ExtensionFilter, String> types = types();
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.COMMAND_EXPORT));
        chooser.setInitialFileName("Tidemark");
        chooser.getExtensionFilters().setAll(types.keySet());
        File chosen = chooser.showSaveDialog(owner);
        export(chosen, chooser.getSelectedExtensionFilter(), types, model);
    }

    /**
     * Exports to the chosen file.
     *
     * @param chosen {@code null} if the user cancelled
     * @param type the chosen type; {@code null} if the system's dialog has none
     */
    static void export(
            @Nullable File chosen,
            FileChooser.@Nullable ExtensionFilter type,
            Map<FileChooser.ExtensionFilter, String> types,
            ExportViewModel model) {
        if (chosen == null) {
            return;
        }
        String format = type == null ? "jsonl" : types.getOrDefault(type, "jsonl");
        String extension =
                type == null ? ".tidemark" : type.getExtensions().getFirst().substring(1);
        // Not every system appends the extension itself.
        Path file = chosen.getName().contains(".")
                ? chosen.toPath()
                : chosen.toPath().resolveSibling(chosen.getName() + extension);
        model.toFile(format, file);
    }

    /** Asks for a folder, and exports a Markdown folder into that folder. The new folder has this date in its name. */
    public static void folder(Window owner, ExportViewModel model, LocalDate today) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Messages.text(Keys.COMMAND_EXPORT_FOLDER));
        File chosen = chooser.showDialog(owner);
        if (chosen != null) {
            model.toFolder(chosen.toPath(), today);
        }
    }
}
