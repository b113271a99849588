package dev.tidemark.app.exporting;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Exports the library in the background and reports the result. Use it only on the thread that calls the callbacks of
 * its task runner.
 */
public final class ExportViewModel {
    private final Database database;
    private final SerialTaskRunner files;
    private final Consumer<String> done;
    private final Consumer<Throwable> failed;

    /** @param done shows a sentence about the result */
    public ExportViewModel(
            Database database, SerialTaskRunner files, Consumer<String> done, Consumer<Throwable> failed) {
        this.database = database;
        this.files = files;
        this.done = done;
        this.failed = failed;
    }

    /** Writes a file of this format. */
    public void toFile(String format, Path file) {
        files.run(() -> ExportFormats.write(database, format, file), exported -> report(exported, file), failed);
    }

    /** Writes a Markdown folder into the parent folder. The new folder has this date in its name. */
    public void toFolder(Path parent, LocalDate today) {
        files.run(
                () -> {
                    Path folder = free(parent, "Tidemark " + today);
                    return new Written(ExportFormats.write(database, "markdown", folder), folder);
                },
                written -> report(written.exported(), written.folder()),
                failed);
    }

    private record Written(Exported exported, Path folder) {}

    private static Path free(Path parent, String name) {
        Path folder = parent.resolve(name);
        for (int number = 2; Files.exists(folder, LinkOption.NOFOLLOW_LINKS); number++) {
            folder = parent.resolve(name + " " + number);
        }
        return folder;
    }

    private void report(Exported exported, Path target) {
        String sentence =
                Messages.text(Keys.EXPORT_DONE, exported.items(), target.getFileName(), exported.attachmentsLeftOut());
        done.accept(
                exported.itemsLeftOut() == 0
                        ? sentence
                        : sentence + " " + Messages.text(Keys.EXPORT_LEFT_OUT, exported.itemsLeftOut()));
    }
}
