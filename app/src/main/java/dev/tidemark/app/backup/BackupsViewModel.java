package dev.tidemark.app.backup;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.Database;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Lists and creates backups of this device, and plans restores. Confined to the callback thread of its runner. */
public final class BackupsViewModel {
    private final Backups backups;
    private final Database database;
    private final SerialTaskRunner files;
    private final ReadOnlyObjectWrapper<List<Backup>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable Backup> planned = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper creating = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();

    /** @param files reads and writes backups in the background */
    public BackupsViewModel(Backups backups, Database database, SerialTaskRunner files) {
        this.backups = backups;
        this.database = database;
        this.files = files;
    }

    /** The backups, newest first. */
    public ReadOnlyObjectProperty<List<Backup>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /** The backup that the next start restores; {@code null} if no restore is planned. */
    public ReadOnlyObjectProperty<@Nullable Backup> plannedProperty() {
        return planned.getReadOnlyProperty();
    }

    /** Whether a backup is being made. */
    public ReadOnlyBooleanProperty creatingProperty() {
        return creating.getReadOnlyProperty();
    }

    /** A sentence that says why the last command failed; {@code null} if the command succeeded. */
    public ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public Backups backups() {
        return backups;
    }

    /** Lists the backups again. */
    public void refresh() {
        files.run(this::read, this::show, this::fail);
    }

    /** Makes the next start restore a backup; {@code null} cancels a planned restore. */
    public void plan(@Nullable Backup backup) {
        files.run(
                () -> {
                    backups.plan(backup);
                    return read();
                },
                this::show,
                this::fail);
    }

    private record Found(List<Backup> all, @Nullable Backup planned) {}

    private Found read() {
        return new Found(backups.list(), backups.planned().orElse(null));
    }

    /** Creates a backup now. */
    public void create() {
        creating.set(true);
        files.run(
                () -> {
                    backups.create(database);
                    return read();
                },
                this::show,
                this::fail);
    }

    private void show(Found found) {
        creating.set(false);
        problem.set(null);
        planned.set(found.planned());
        all.set(found.all());
    }

    private void fail(Throwable failure) {
        creating.set(false);
        problem.set(ErrorMessages.of(failure));
    }
}
