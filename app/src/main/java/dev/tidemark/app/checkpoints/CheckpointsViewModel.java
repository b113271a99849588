package dev.tidemark.app.checkpoints;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final ReadOnlyObjectWrapper<@Nullable Visit> visit = new ReadOnlyObjectWrapper<>(null);
    private final ReadOnlyObjectWrapper<@Nullable Checkpoint> opening = new ReadOnlyObjectWrapper<>(null);
    private Subscription following = () -> {};
    private boolean isShown;

    /** The library at a checkpoint, and the differences between that state and the current state. */
    record Visit(Checkpoint checkpoint, LibraryDifference since, List<VisitedItem> items) {}

    /** The change of an item since the checkpoint. */
    enum Since {
        SAME,
        CHANGED,
        REMOVED
    }

    /**
     * An item at the checkpoint.
     *
     * @param title may be empty
     * @param body the beginning of its body
     * @param list the name of its list; {@code null} for the Inbox
     */
    record VisitedItem(
            UUID id, String title, String body, @Nullable String list, boolean isDone, Since since) {}

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
    ReadOnlyObjectProperty<@Nullable Visit> visitProperty() {
        return visit.getReadOnlyProperty();
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
            leave();
        }
    }

    private void read() {
        environment.files.run(checkpoints::list, all::set, environment.failed);
    }

    void make(String name) {
        environment.before.run();
        environment.files.run(() -> checkpoints.make(name, ""), made -> {}, environment.failed);
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

    /** Opens the library at a checkpoint. */
    void open(Checkpoint checkpoint) {
        environment.before.run();
        opening.set(checkpoint);
        environment.files.run(
                () -> visit(checkpoint),
                read -> {
                    if (checkpoint.equals(opening.get())) {
                        opening.set(null);
                        visit.set(read);
                    }
                },
                failure -> {
                    opening.set(null);
                    environment.failed.accept(failure);
                });
    }

    /** Returns to the list of checkpoints. */
    void leave() {
        opening.set(null);
        visit.set(null);
    }

    private Visit visit(Checkpoint checkpoint) {
        try (Database then = LibraryAt.open(database, checkpoint)) {
            LibraryDifference since = LibraryDifference.between(then, database);
            Map<UUID, Since> fates = new HashMap<>();
            for (Transaction.RowEdit edit : since.rows()) {
                boolean isItem = edit.table().equals("item");
                fates.merge(
                        LibraryDifference.itemOf(edit),
                        isItem && edit.after() == null ? Since.REMOVED : Since.CHANGED,
                        (one, other) -> one == Since.REMOVED ? one : other);
            }
            List<VisitedItem> items = new ArrayList<>();
            then.list(ItemQueries.items(null, true, false))
                    .forEach(item -> items.add(new VisitedItem(
                            item.id(),
                            item.title(),
                            item.body().substring(0, Math.min(item.body().length(), 20_000)),
                            item.list(),
                            item.done(),
                            fates.getOrDefault(item.id(), Since.SAME))));
            return new Visit(checkpoint, since, items);
        }
    }

    /**
     * Restores these items, or the whole library for {@code null}. Makes a checkpoint before restoring the whole
     * library.
     */
    void restore(Checkpoint checkpoint, @Nullable Set<UUID> items) {
        environment.before.run();
        environment.offer.accept(
                () -> {
                    if (items == null) {
                        checkpoints.make(Messages.text(Keys.CHECKPOINTS_BEFORE, checkpoint.name()), "");
                    }
                    CheckpointRestore.Outcome outcome =
                            new CheckpointRestore(database, writes).restore(checkpoint, items);
                    return Messages.text(
                            outcome.left() > 0 ? Keys.CHECKPOINTS_RESTORED_PART : Keys.CHECKPOINTS_RESTORED,
                            outcome.rows(),
                            outcome.left());
                },
                () -> {
                    if (visit.get() != null) {
                        open(checkpoint);
                    }
                });
    }

    @Override
    public void close() {
        hide();
    }
}
