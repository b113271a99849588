package dev.tidemark.app.importing;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ImportPlan;
import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** A file that the person may import, as one step. Belongs to the thread of the callbacks of its background. */
public final class ImportViewModel {
    private final Database database;
    private final Items items;
    private final SerialTaskRunner files;
    private final Consumer<Callable<String>> undoable;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<@Nullable Found> found = new ReadOnlyObjectWrapper<>();

    /** What was found in a file. */
    public sealed interface Found {
        /** The file's name. */
        String name();
    }

    /**
     * It can be imported.
     *
     * @param content what is imported
     * @param plan what that would do
     */
    public record Importable(String name, ItemImport content, ImportPlan plan) implements Found {}

    /**
     * It cannot be imported.
     *
     * @param sentence says why
     */
    public record Refused(String name, String sentence) implements Found {}

    /**
     * @param items writes in a way that can be undone
     * @param files where files are read
     * @param undoable runs what returns the sentence to be said, with a way back
     * @param failed takes a failure of the library itself
     */
    public ImportViewModel(
            Database database,
            Items items,
            SerialTaskRunner files,
            Consumer<Callable<String>> undoable,
            Consumer<Throwable> failed) {
        this.database = database;
        this.items = items;
        this.files = files;
        this.undoable = undoable;
        this.failed = failed;
    }

    /** What was found in the file that was opened last; {@code null} while it is being read, or if there was none. */
    public ReadOnlyObjectProperty<@Nullable Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Looks into a file as {@code tidemark export} writes it; changes nothing. */
    public void open(Path file) {
        found.set(null);
        files.run(() -> look(file), found::set, failed);
    }

    private Found look(Path file) {
        String name = String.valueOf(file.getFileName());
        ItemImport content;
        try {
            content = ItemImport.read(file);
        } catch (ProblemException e) {
            return new Refused(name, ErrorMessages.of(e));
        }
        return new Importable(name, content, database.read(content::plan));
    }

    /** Imports what was found: all of it, as one step. */
    void take(Importable importable) {
        undoable.accept(() -> {
            importable.content().apply(items);
            return Messages.text(Keys.IMPORT_DONE, importable.plan().items());
        });
    }
}
