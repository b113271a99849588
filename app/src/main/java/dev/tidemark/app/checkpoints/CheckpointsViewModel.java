package dev.tidemark.app.checkpoints;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Loads the checkpoints, and opens the library at one of them. Confined to the thread of its executor. */
public final class CheckpointsViewModel implements AutoCloseable {
    private final Database database;
    private final TransactionRunner writes;
    private final Environment environment;
    private final Checkpoints checkpoints;
    private final ReadOnlyObjectWrapper<List<Checkpoint>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable CheckpointContents> contents = new ReadOnlyObjectWrapper<>(null);
    private final ReadOnlyObjectWrapper<@Nullable Checkpoint> opening = new ReadOnlyObjectWrapper<>(null);
    private Subscription following = () -> {};
    private boolean isShown;

    /**
     * The services that the window provides.
     *
     * @param executor delivers changes on the thread of the view model
     * @param files works in the background, without delaying the user's commands
     * @param offer runs a command in the background, shows the message that it returns with a button to undo the
     *     command, and then runs the second argument
     * @param before runs before each command, to save typed text
     */
    public record Environment(
            Executor executor,
            SerialTaskRunner files,
            BiConsumer<Callable<String>, Runnable> offer,
            Runnable before,
            Supplier<ZonedDateTime> clock,
            Consumer<Throwable> failed) {}

    public CheckpointsViewModel(Database database, TransactionRunner writes, Environment environment) {
        this.database = database;
        this.writes = writes;
        this.environment = environment;
        checkpoints = new Checkpoints(database, writes.clock());
    }

    ReadOnlyObjectProperty<List<Checkpoint>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /** The library at the opened checkpoint; {@code null} if no checkpoint is open. */
    ReadOnlyObjectProperty<@Nullable CheckpointContents> contentsProperty() {
        return contents.getReadOnlyProperty();
    }

    /** The checkpoint that is being opened; {@code null} if none is being opened. */
    ReadOnlyObjectProperty<@Nullable Checkpoint> openingProperty() {
        return opening.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return environment.clock.get();
    }

    /** Returns the names of the devices with changes, sorted. */
    List<String> deviceNames() {
        Map<ReplicaId, String> names = database.replicaNames();
        Set<String> devices = new TreeSet<>();
        database.changelog().vector().heads().keySet().forEach(id -> devices.add(ItemDetails.deviceName(names, id)));
        return List.copyOf(devices);
    }

    /** Loads the checkpoints, and reloads them after changes until {@link #hide}. */
    public void show() {
        if (!isShown) {
            isShown = true;
            following = database.subscribe(
                    Query.of("SELECT id, name, description, created_at, predecessor FROM checkpoint"),
                    environment.executor,
                    result -> read(),
                    environment.failed);
        }
    }

    public void hide() {
        if (isShown) {
            isShown = false;
            following.close();
            closeCheckpoint();
        }
    }

    private void read() {
        environment.files.run(checkpoints::list, all::set, environment.failed);
    }

    void create(String name) {
        environment.before.run();
        environment.files.run(() -> checkpoints.create(name, ""), created -> {}, environment.failed);
    }

    void rename(Checkpoint checkpoint, String name) {
        environment.files.run(() -> checkpoints.rename(checkpoint, name), environment.failed);
    }

    void describe(Checkpoint checkpoint, String description) {
        environment.files.run(() -> checkpoints.describe(checkpoint, description), environment.failed);
    }

    void delete(Checkpoint checkpoint) {
        environment.files.run(() -> checkpoints.delete(checkpoint), environment.failed);
    }

    /** Opens the library as it was at a checkpoint, compared with now. */
    void open(Checkpoint checkpoint) {
        open(checkpoint, null);
    }

    /** Compares two checkpoints: the library as it was at the earlier one with that at the later one. */
    void compare(Checkpoint one, Checkpoint other) {
        if (one.at().isAfter(other.at())) {
            open(other, one);
        } else {
            open(one, other);
        }
    }

    private void open(Checkpoint checkpoint, @Nullable Checkpoint other) {
        environment.before.run();
        opening.set(checkpoint);
        environment.files.run(
                () -> CheckpointContentsReader.read(database, checkpoint, other),
                read -> {
                    if (checkpoint.equals(opening.get())) {
                        opening.set(null);
                        contents.set(read);
                    }
                },
                failure -> {
                    opening.set(null);
                    environment.failed.accept(failure);
                });
    }

    /** Returns to the list of checkpoints. */
    void closeCheckpoint() {
        opening.set(null);
        contents.set(null);
    }

    /**
     * Restores the items, or everything if {@code items} is {@code null}. Creates a checkpoint before it restores
     * everything.
     */
    void restore(Checkpoint checkpoint, @Nullable Set<UUID> items) {
        environment.before.run();
        environment.offer.accept(
                () -> {
                    if (items == null) {
                        checkpoints.create(Messages.text(Keys.CHECKPOINTS_BEFORE, checkpoint.name()), "");
                    }
                    CheckpointRestore.Outcome outcome =
                            new CheckpointRestore(database, writes).restore(checkpoint, items);
                    return Messages.text(
                            outcome.left() > 0 ? Keys.CHECKPOINTS_RESTORED_PART : Keys.CHECKPOINTS_RESTORED,
                            outcome.rows(),
                            outcome.left());
                },
                () -> {
                    if (contents.get() != null) {
                        open(checkpoint);
                    }
                });
    }

    @Override
    public void close() {
        hide();
    }
}
