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

/** Asks where to export to with the dialogs of the system. For the JavaFX thread. */
public final class ExportDialog {
    private ExportDialog() {}

    /** Asks for a file and exports to it. The chosen file type selects the format. */
    public static void file(Window owner, ExportViewModel model) {
        Map<FileChooser.ExtensionFilter, String> formats = new LinkedHashMap<>();
        formats.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_JSONL), "*.tidemark"), "jsonl");
        formats.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_CSV), "*.csv"), "csv");
        formats.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_ICALENDAR), "*.ics"), "icalendar");
        formats.put(new FileChooser.ExtensionFilter(Messages.text(Keys.IMPORT_FORMAT_TODOTXT), "*.txt"), "todotxt");
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text(Keys.COMMAND_EXPORT));
        chooser.setInitialFileName("Tidemark");
        chooser.getExtensionFilters().setAll(formats.keySet());
        File chosen = chooser.showSaveDialog(owner);
        FileChooser.ExtensionFilter type = chooser.getSelectedExtensionFilter();
        if (chosen != null) {
            String format = type == null ? "jsonl" : formats.getOrDefault(type, "jsonl");
            String extension =
                    type == null ? ".tidemark" : type.getExtensions().getFirst().substring(1);
            // Not every system appends the extension itself.
            Path file = chosen.getName().contains(".")
                    ? chosen.toPath()
                    : chosen.toPath().resolveSibling(chosen.getName() + extension);
            model.toFile(format, file);
        }
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
