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

/** What the syncs of this device did, and the changes of the last days. Belongs to the JavaFX thread. */
public final class ActivityViewModel {
    /** More are not drawn; the command lists all. */
    static final int SHOWN_RUNS = 200;

    private final Database database;
    private final SerialTaskRunner files;
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<@Nullable Activity> activity = new ReadOnlyObjectWrapper<>(null);
    private boolean isShown;

    /**
     * What the page shows.
     *
     * @param runs the newest first
     */
    record Activity(List<Run> runs, DailyChanges days) {}

    /** @param files works in the background */
    public ActivityViewModel(
            Database database, SerialTaskRunner files, Supplier<ZonedDateTime> clock, Consumer<Throwable> failed) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        this.failed = failed;
    }

    /** What is known; {@code null} until it has been read. */
    ReadOnlyObjectProperty<@Nullable Activity> activityProperty() {
        return activity.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return clock.get();
    }

    /** Reads the record, and again on each {@link #refresh} until {@link #hide}. */
    public void show() {
        isShown = true;
        refresh();
    }

    public void hide() {
        isShown = false;
    }

    /** Reads the record again if it is shown: a sync has ended. */
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
