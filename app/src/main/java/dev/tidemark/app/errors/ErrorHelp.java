package dev.tidemark.app.errors;

import dev.tidemark.app.diagnostics.Diagnostics;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.settings.PrivateFile;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

/**
 * The actions that help the user with an error, such as copying the diagnostics or opening the log. Runs slow work in
 * the background. Confined to the JavaFX thread.
 */
public final class ErrorHelp {
    private final Supplier<Diagnostics> diagnostics;
    private final Path logs;
    private final Consumer<Path> opener;
    private final SerialTaskRunner background;

    /**
     * @param diagnostics creates the diagnostics; called in the background
     * @param logs the folder with the log
     * @param opener opens a folder or file in the program that the system uses for it
     */
    public ErrorHelp(Supplier<Diagnostics> diagnostics, Path logs, Consumer<Path> opener, SerialTaskRunner background) {
        this.diagnostics = diagnostics;
        this.logs = logs;
        this.opener = opener;
        this.background = background;
    }

    public void copyDiagnostics(Runnable copied, Consumer<Throwable> failed) {
        background.run(
                () -> diagnostics.get().text(),
                text -> {
                    Clipboard.getSystemClipboard().setContent(java.util.Map.of(DataFormat.PLAIN_TEXT, text));
                    copied.run();
                },
                failed);
    }

    /** Opens the folder with the log in the system's file manager. */
    public void openLogFolder(Consumer<Throwable> failed) {
        background.run(() -> PrivateFile.createFolders(logs), opener, failed);
    }

    /** Opens a text file in the system's default program. */
    public void open(Path text) {
        opener.accept(text);
    }
}
