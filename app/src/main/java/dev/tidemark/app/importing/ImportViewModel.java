package dev.tidemark.app.importing;

import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.importing.format.ImportFormats;
import dev.tidemark.app.importing.format.Unmapped;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.ImportPlan;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exported file and imports it as one undo step. Use it only on the thread that calls the callbacks of its
 * task runner.
 */
public final class ImportViewModel {
    private static final int MAX_UNMAPPED = 6;

    private final Database database;
    private final Items items;
    private final InstantSource clock;
    private final SerialTaskRunner files;
    private final Consumer<Callable<String>> undoable;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<@Nullable Found> found = new ReadOnlyObjectWrapper<>();

    public sealed interface Found {
        String name();
    }

    /** The file can be imported. */
    public record Importable(String name, ImportFormats.Content content, ImportPlan plan) implements Found {}

    /** The file cannot be imported. */
    public record Refused(String name, String sentence) implements Found {}

    /** @param undoable runs a command and shows its message with an undo button */
    public ImportViewModel(
            Database database,
            Items items,
            InstantSource clock,
            SerialTaskRunner files,
            Consumer<Callable<String>> undoable,
            Consumer<Throwable> failed) {
        this.database = database;
        this.items = items;
        this.clock = clock;
        this.files = files;
        this.undoable = undoable;
        this.failed = failed;
    }

    /**
     * The result for the last opened file; {@code null} while the file is being read, and before any file was opened.
     */
    public ReadOnlyObjectProperty<@Nullable Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Reads a file or folder of any known format. Changes no data. */
    public void open(Path file) {
        found.set(null);
        files.run(() -> examine(file), found::set, failed);
    }

    private Found examine(Path file) {
        String name = String.valueOf(file.toAbsolutePath().normalize().getFileName());
        ImportFormats.Content content;
        try {
            content = ImportFormats.read(file, null);
        } catch (ProblemException e) {
            return new Refused(name, ErrorMessages.of(e));
        }
        return new Importable(name, content, database.read(content.items()::plan));
    }

    /** Imports the items of the file as one undo step, after creating a checkpoint. */
    void importItems(Importable importable) {
        undoable.accept(() -> {
            new Checkpoints(database, clock)
                    .createBefore(Messages.text(Keys.CHECKPOINTS_BEFORE_IMPORT, importable.name()));
            importable.content().items().apply(items, database.blobs());
            return Messages.text(Keys.IMPORT_DONE, importable.plan().items());
        });
    }

    /** Returns a sentence for each effect of an import. */
    static List<String> effects(ImportPlan plan) {
        if (plan.items() == 0) {
            return List.of(Messages.text(Keys.IMPORT_EMPTY));
        }
        List<String> effects = new ArrayList<>();
        if (plan.added() > 0) {
            effects.add(Messages.text(Keys.IMPORT_ADDED, plan.added()));
        }
        if (plan.changed() > 0) {
            effects.add(Messages.text(Keys.IMPORT_CHANGED, plan.changed()));
        }
        if (plan.unchanged() > 0) {
            effects.add(Messages.text(Keys.IMPORT_SAME, plan.unchanged()));
        }
        if (!plan.newLists().isEmpty()) {
            effects.add(Messages.text(Keys.IMPORT_LISTS, SingleLineText.of(String.join(", ", plan.newLists()))));
        }
        if (plan.attachments() > 0) {
            effects.add(Messages.text(Keys.IMPORT_ATTACHMENTS, plan.attachments()));
        }
        return effects;
    }

    /** Returns the name of the content's format. */
    static String format(ImportFormats.Content content) {
        return Messages.text(
                switch (content.format()) {
                    case "joplin-jex" -> Keys.IMPORT_FORMAT_JOPLIN_JEX;
                    case "joplin-raw" -> Keys.IMPORT_FORMAT_JOPLIN_RAW;
                    case "markdown" -> Keys.IMPORT_FORMAT_MARKDOWN;
                    case "icalendar" -> Keys.IMPORT_FORMAT_ICALENDAR;
                    case "todoist" -> Keys.IMPORT_FORMAT_TODOIST;
                    case "csv" -> Keys.IMPORT_FORMAT_CSV;
                    case "super-productivity" -> Keys.IMPORT_FORMAT_SUPER_PRODUCTIVITY;
                    case "google-tasks" -> Keys.IMPORT_FORMAT_GOOGLE_TASKS;
                    case "todotxt" -> Keys.IMPORT_FORMAT_TODOTXT;
                    default -> Keys.IMPORT_FORMAT_JSONL;
                });
    }

    /**
     * Returns sentences about content that the import leaves out, the most frequent first. There are only as many as
     * the card can show.
     */
    static List<String> unmapped(ImportFormats.Content content) {
        List<Unmapped> all = content.unmapped().stream()
                .sorted(Comparator.comparingInt(Unmapped::count).reversed())
                .toList();
        List<String> sentences = new ArrayList<>();
        all.stream()
                .limit(MAX_UNMAPPED)
                .map(each -> SingleLineText.of(each.sentence()))
                .forEach(sentences::add);
        if (all.size() > MAX_UNMAPPED) {
            sentences.add(Messages.text(Keys.IMPORT_UNMAPPED_MORE, all.size() - MAX_UNMAPPED));
        }
        return sentences;
    }
}
