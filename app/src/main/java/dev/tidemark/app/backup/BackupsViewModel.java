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

/** The backups of this device, and a command that makes one. Belongs to the thread of the callbacks of its runner. */
public final class BackupsViewModel {
    private final Backups backups;
    private final Database database;
    private final SerialTaskRunner files;
    private final ReadOnlyObjectWrapper<List<Backup>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper making = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable String> problem = new ReadOnlyObjectWrapper<>();

    /** @param files works in the background */
    public BackupsViewModel(Backups backups, Database database, SerialTaskRunner files) {
        this.backups = backups;
        this.database = database;
        this.files = files;
    }

    /** The backups, the newest first. */
    public ReadOnlyObjectProperty<List<Backup>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /** Whether a backup is being made. */
    public ReadOnlyBooleanProperty makingProperty() {
        return making.getReadOnlyProperty();
    }

    /** Why the last command failed, in a sentence; {@code null} if it succeeded. */
    public ReadOnlyObjectProperty<@Nullable String> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public Backups backups() {
        return backups;
    }

    /** Lists the backups again. */
    public void refresh() {
        files.run(backups::list, this::show, this::fail);
    }

    /** Makes a backup now. */
    public void make() {
        making.set(true);
        files.run(
                () -> {
                    backups.make(database);
                    return backups.list();
                },
                this::show,
                this::fail);
    }

    private void show(List<Backup> found) {
        making.set(false);
        problem.set(null);
        all.set(found);
    }

    private void fail(Throwable failure) {
        making.set(false);
        problem.set(ErrorMessages.of(failure));
    }
}
