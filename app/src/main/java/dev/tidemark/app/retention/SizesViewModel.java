package dev.tidemark.app.retention;

import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.format.FileSizeFormat;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.settings.HistoryRetention;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Measures the library, and counts the changes that only checkpoints retain. Confined to the callback thread of its
 * runner.
 */
public final class SizesViewModel {
    private final Database database;
    private final Backups backups;
    private final Environment environment;
    private final ReadOnlyObjectWrapper<List<String>> lines = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable String> retained = new ReadOnlyObjectWrapper<>();

    /**
     * The services that the window provides.
     *
     * @param location returns the address of the storage; empty if no storage is set
     * @param retention returns the setting
     * @param files measures in the background
     */
    public record Environment(
            Supplier<String> location,
            Supplier<HistoryRetention> retention,
            SerialTaskRunner files,
            Consumer<Throwable> failed) {}

    public SizesViewModel(Database database, Backups backups, Environment environment) {
        this.database = database;
        this.backups = backups;
        this.environment = environment;
    }

    /** A sentence about the size of each part of the library; empty before the first measurement. */
    public ReadOnlyObjectProperty<List<String>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /** A sentence about the changes that have expired but are needed by checkpoints; {@code null} if there are none. */
    public ReadOnlyObjectProperty<@Nullable String> retainedProperty() {
        return retained.getReadOnlyProperty();
    }

    private record Measured(LibrarySizes sizes, LogRetention.Expired expired) {}

    /** Measures again. */
    public void refresh() {
        String location = environment.location.get();
        HistoryRetention retention = environment.retention.get();
        environment.files.run(
                () -> new Measured(
                        LibrarySizes.read(database, backups, location),
                        new LogRetention(database, backups.clock()).expired(retention)),
                this::show,
                environment.failed);
    }

    private void show(Measured measured) {
        LibrarySizes sizes = measured.sizes;
        List<String> shown = new ArrayList<>();
        shown.add(Messages.text(Keys.SETTINGS_SIZES_DATABASE, FileSizeFormat.of(sizes.database())));
        shown.add(Messages.text(Keys.SETTINGS_SIZES_CHANGELOG, FileSizeFormat.of(sizes.changelog()), sizes.changes()));
        shown.add(Messages.text(
                Keys.SETTINGS_SIZES_ATTACHMENTS, FileSizeFormat.of(sizes.attachmentBytes()), sizes.attachments()));
        shown.add(Messages.text(Keys.SETTINGS_SIZES_BACKUPS, FileSizeFormat.of(sizes.backupBytes()), sizes.backups()));
        if (sizes.storage() > 0) {
            shown.add(Messages.text(Keys.SETTINGS_SIZES_STORAGE, FileSizeFormat.of(sizes.storage())));
        }
        lines.set(shown);
        LogRetention.Expired expired = measured.expired;
        retained.set(
                expired.retained() == 0
                        ? null
                        : Messages.text(
                                Keys.SETTINGS_HISTORY_KEPT,
                                expired.retained(),
                                expired.checkpoints().size(),
                                SingleLineText.abbreviate(
                                        expired.checkpoints().getLast().name())));
    }
}
