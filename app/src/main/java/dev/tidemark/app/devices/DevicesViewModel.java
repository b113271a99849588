package dev.tidemark.app.devices;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.sync.SyncControls;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.remote.SyncService;
import dev.tidemark.engine.sync.Device;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Reads the devices of the library from the database, without a sync. Confined to the JavaFX thread. */
public final class DevicesViewModel {
    private static final Comparator<Device> ORDER =
            Comparator.comparing(Device::status).thenComparing(Device::name, String.CASE_INSENSITIVE_ORDER);

    private final Database database;
    private final Environment environment;
    private final ReadOnlyObjectWrapper<@Nullable Overview> overview = new ReadOnlyObjectWrapper<>(null);
    private final ReadOnlyObjectWrapper<@Nullable ReplicaId> retiring = new ReadOnlyObjectWrapper<>(null);
    private boolean isShown;

    /**
     * The content of the page.
     *
     * @param name this device's name
     * @param isOn whether a storage is configured
     * @param total the number of changes that this device has
     * @param pending the number of changes of this device that are not known to be in the storage
     * @param others the other devices, with retired devices last
     * @param purges the permanently deleted items that devices still have
     */
    record Overview(String name, boolean isOn, long total, long pending, List<Device> others, PurgeStatus purges) {}

    /**
     * The services that the window provides.
     *
     * @param files reads in the background
     * @param location the address of the storage; empty if sync is off
     * @param rename renames this device
     * @param controls retires devices
     */
    public record Environment(
            SerialTaskRunner files,
            Supplier<String> location,
            Consumer<String> rename,
            SyncControls controls,
            Supplier<ZonedDateTime> clock,
            Consumer<Throwable> failed) {}

    public DevicesViewModel(Database database, Environment environment) {
        this.database = database;
        this.environment = environment;
    }

    /** The content of the page; {@code null} until it has been read. */
    ReadOnlyObjectProperty<@Nullable Overview> overviewProperty() {
        return overview.getReadOnlyProperty();
    }

    /** The device whose retirement awaits confirmation; {@code null} for none. */
    ReadOnlyObjectProperty<@Nullable ReplicaId> retiringProperty() {
        return retiring.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return environment.clock.get();
    }

    /** Reads the devices now, and on each {@link #refresh} until {@link #hide}. */
    public void show() {
        isShown = true;
        refresh();
    }

    public void hide() {
        isShown = false;
        retiring.set(null);
    }

    /** Reads the devices again if the page is shown. Call this after each sync. */
    public void refresh() {
        if (isShown) {
            String location = environment.location.get();
            environment.files.run(() -> read(location), overview::set, environment.failed);
        }
    }

    private Overview read(String location) {
        SyncService.History history = SyncService.History.of(database, location);
        long total = database.changelog().vector().heads().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return new Overview(
                Objects.requireNonNullElse(database.replicaNames().get(database.replica()), ""),
                !location.isEmpty(),
                total,
                history.pending(),
                history.devices().stream().sorted(ORDER).toList(),
                PurgeStatus.of(database, history));
    }

    void rename(String name) {
        environment.rename.accept(name);
        Overview shown = overview.get();
        if (shown != null) {
            overview.set(
                    new Overview(name, shown.isOn(), shown.total(), shown.pending(), shown.others(), shown.purges()));
        }
    }

    void askToRetire(@Nullable ReplicaId device) {
        retiring.set(device);
    }

    /** Retires the device. The sync state shows the outcome. */
    void retire(ReplicaId device) {
        retiring.set(null);
        environment.controls.retire(device);
    }
}
