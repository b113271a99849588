package dev.tidemark.app.activity;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncActivity.Run;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Reads the sync activity of this device and the changes of the last days. Confined to the JavaFX thread. */
public final class ActivityViewModel {
    /** The maximum number of syncs on the page. The command line can list more. */
    static final int SHOWN_RUNS = 200;

    private final Database database;
    private final SerialTaskRunner files;
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<@Nullable Activity> activity = new ReadOnlyObjectWrapper<>(null);
    private boolean isShown;

    /**
     * The content of the page.
     *
     * @param runs the syncs, newest first
     */
    record Activity(List<Run> runs, DailyChanges days) {}

    /** @param files reads in the background */
    public ActivityViewModel(
            Database database, SerialTaskRunner files, Supplier<ZonedDateTime> clock, Consumer<Throwable> failed) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        this.failed = failed;
    }

    /** The content of the page; {@code null} until it has been read. */
    ReadOnlyObjectProperty<@Nullable Activity> activityProperty() {
        return activity.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return clock.get();
    }

    /** Reads the activity now, and on each {@link #refresh} until {@link #hide}. */
    public void show() {
        isShown = true;
        refresh();
    }

    public void hide() {
        isShown = false;
    }

    /** Reads the activity again if the page is shown. Call this after each sync. */
    public void refresh() {
        if (isShown) {
            files.run(
                    () -> new Activity(
                            RemoteLibrary.activity(database, SHOWN_RUNS).runs(),
                            DailyChanges.read(database, clock.get())),
                    activity::set,
                    failed);
        }
    }
}
