package dev.tidemark.app.detail;

import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Shows one item, keeps it up to date and saves typed text automatically. Belongs to the thread of its executor. */
public final class DetailViewModel implements AutoCloseable {
    private static final String TABLE = "item";
    private static final Duration AGE = Duration.ofSeconds(30);

    private final Database database;
    private final TransactionRunner writes;
    private final Items items;
    private final Executor executor;
    private final SerialTaskRunner background;
    private final Scheduler delays;
    private final Supplier<ZonedDateTime> clock;
    private final Consumer<Throwable> failed;
    private final ConflictWatch conflicts;
    private final UnsavedTexts unsaved = new UnsavedTexts();
    /**
     * The forms whose text could not be saved before the user opened another item. When the user opens the item again,
     * its form is shown.
     */
    private final Map<UUID, ItemForm> leftUnsaved = new HashMap<>();

    private final ReadOnlyObjectWrapper<@Nullable ItemForm> form = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper time = new ReadOnlyIntegerWrapper();
    private Scheduler.ScheduledTask nextTime = () -> {};
    private Map<ReplicaId, String> names = Map.of();
    private @Nullable ReplicaId thisReplica;
    private @Nullable UUID wanted;
    private Subscription subscription = () -> {};

    /** @param failed receives errors, including those of saving */
    public DetailViewModel(
            Database database,
            TransactionRunner writes,
            Executor executor,
            SerialTaskRunner background,
            Scheduler delays,
            Supplier<ZonedDateTime> clock,
            ConflictWatch conflicts,
            Consumer<Throwable> failed) {
        this.database = database;
        this.writes = writes;
        this.items = new Items(writes);
        this.executor = executor;
        this.background = background;
        this.delays = delays;
        this.clock = clock;
        this.conflicts = conflicts;
        this.failed = failed;
        conflicts.currentProperty().subscribe(this::showConflicts);
        updateRelativeTimes();
    }

    /** Refreshes relative times such as "2 min ago" every 30 seconds. */
    private void updateRelativeTimes() {
        time.set(time.get() + 1);
        nextTime = delays.schedule(AGE, this::updateRelativeTimes);
    }

    ZonedDateTime now() {
        return clock.get();
    }

    /** A counter that changes when relative times must be formatted again. */
    ReadOnlyIntegerProperty timeProperty() {
        return time.getReadOnlyProperty();
    }

    /** The open item, or {@code null}. */
    ReadOnlyObjectProperty<@Nullable ItemForm> formProperty() {
        return form.getReadOnlyProperty();
    }

    /** Saves typed text, then opens another item, or none for {@code null}. */
    public void show(@Nullable UUID id) {
        if (Objects.equals(id, wanted)) {
            return;
        }
        flush();
        subscription.close();
        wanted = id;
        if (id == null) {
            form.set(null);
        } else {
            subscription = database.subscribe(ItemQueries.item(id), executor, result -> deliver(id, result), failed);
        }
    }

    /** The typed texts that could not be saved or are being saved. */
    public List<UnsavedTexts.Unsaved> unsaved() {
        return unsaved.remaining();
    }

    /** Saves typed text now. */
    public void flush() {
        ItemForm open = form.get();
        if (open != null && !open.deleted.get()) {
            open.flush();
        }
    }

    private void deliver(UUID id, Query.Result<Item> result) {
        if (!id.equals(wanted)) {
            return;
        }
        ItemForm open = form.get();
        if (result.rows().isEmpty()) {
            if (open != null && open.id().equals(id)) {
                open.deleted.set(true);
            }
            return;
        }
        Item item = result.rows().getFirst();
        if (conflicts.covers(result.vector())) {
            deliver(item, result.vector());
            return;
        }
        if (open != null && open.id().equals(id)) {
            open.deleted.set(false);
            open.item.set(item);
            open.title().deliver(item.title(), result.vector());
        }
        conflicts.readMerged(
                id,
                read -> read.item()
                        .filter(found -> id.equals(wanted))
                        .ifPresent(found -> deliver(found, read.vector())));
    }

    private void deliver(Item item, VersionVector state) {
        ItemForm open = form.get();
        if (open == null || !open.id().equals(item.id())) {
            open = reopen(item, state);
            form.set(open);
        } else {
            show(open, item, state);
        }
        lookUpOrigin(open);
    }

    /**
     * Returns a form for the item. If the user left unsaved text in an earlier form, returns that form and saves the
     * text again.
     */
    private ItemForm reopen(Item item, VersionVector state) {
        ItemForm left = leftUnsaved.remove(item.id());
        if (left == null) {
            return open(item, state);
        }
        show(left, item, state);
        show(left, conflicts.currentProperty().get());
        left.flush();
        return left;
    }

    private static void show(ItemForm open, Item item, VersionVector state) {
        open.deleted.set(false);
        open.item.set(item);
        open.title().deliver(item.title(), state);
        open.body().deliver(item.body(), state);
    }

    private ItemForm open(Item item, VersionVector state) {
        UUID id = item.id();
        ItemForm[] created = new ItemForm[1];
        EditedText title = new EditedText(
                item.title(),
                state,
                delays,
                (typed, seen) -> save(
                        created[0],
                        created[0].title(),
                        "title",
                        typed,
                        () -> items.withContext(seen).setTitle(id, typed)));
        EditedText body = new EditedText(
                item.body(),
                state,
                delays,
                (typed, seen) -> save(
                        created[0],
                        created[0].body(),
                        "body",
                        typed,
                        () -> items.withContext(seen).setBody(id, typed)));
        created[0] = new ItemForm(item, title, body);
        show(created[0], conflicts.currentProperty().get());
        return created[0];
    }

    private void save(ItemForm open, EditedText field, String column, String typed, Callable<Boolean> write) {
        record Saved(@Nullable Dot last) {}
        UnsavedTexts.Unsaved text = new UnsavedTexts.Unsaved(open.id() + " " + column, typed);
        unsaved.begin(field, text);
        background.run(
                () -> {
                    boolean isChanged = write.call();
                    unsaved.saved(field, text);
                    return new Saved(isChanged ? lastOwn() : null);
                },
                saved -> {
                    open.problem.set(null);
                    field.saved(typed, saved.last());
                },
                problem -> {
                    field.failed();
                    // Until the next item is loaded, the form of the previous item is shown.
                    if (form.get() == open && open.id().equals(wanted)) {
                        unsaved.remove(field, text);
                    } else {
                        leftUnsaved.put(open.id(), open);
                    }
                    open.problem.set(ErrorMessages.of(problem));
                    failed.accept(problem);
                });
    }

    private Dot lastOwn() {
        ReplicaId self = database.replica();
        return new Dot(self, database.changelog().vector().get(self));
    }

    private void lookUpOrigin(ItemForm open) {
        record Found(RowHistory.@Nullable Origin origin, Map<ReplicaId, String> names, ReplicaId here) {}
        background.run(
                () -> new Found(
                        database.origins(TABLE, List.of(open.id())).get(open.id()),
                        database.replicaNames(),
                        database.replica()),
                found -> {
                    names = found.names();
                    thisReplica = found.here();
                    open.origin.set(found.origin());
                },
                failed);
    }

    private void showConflicts(LosingVersion.ByItem all) {
        ItemForm open = form.get();
        if (open != null) {
            show(open, all);
        }
    }

    private static void show(ItemForm open, LosingVersion.ByItem all) {
        open.losingVersions.set(all.of(open.id()));
        open.mergedWith.set(all.merged().getOrDefault(open.id(), Set.of()));
    }

    String deviceName(ReplicaId replica) {
        return ItemDetails.deviceName(names, replica);
    }

    boolean isThisDevice(ReplicaId replica) {
        return replica.equals(thisReplica);
    }

    void setDone(boolean done) {
        change(id -> items.setDone(id, done));
    }

    void setDue(@Nullable Due due) {
        change(id -> items.setDue(id, due));
    }

    void setReminder(@Nullable LocalDateTime at) {
        change(id -> items.setReminder(id, at));
    }

    void setPriority(Priority priority) {
        change(id -> items.setPriority(id, priority));
    }

    void tag(String name) {
        change(id -> items.tag(id, name));
    }

    void untag(String name) {
        change(id -> items.untag(id, name));
    }

    /** Looks up the names of all tags, most used first. */
    void lookUpTags(Consumer<List<String>> found) {
        background.run(() -> database.list(ItemQueries.tagNames()), found, failed);
    }

    void setList(@Nullable UUID list) {
        change(id -> items.setList(id, list));
    }

    void setKind(Kind kind) {
        change(id -> items.setKind(id, kind));
    }

    /**
     * Sets or clears the checkbox at a position of the body, as a separate undo step. Does nothing if there is no
     * checkbox.
     */
    void check(int at, boolean checked) {
        ItemForm open = form.get();
        if (open != null) {
            flush();
            background.run(writes::endStep, failed);
            open.body().type(MarkdownEdit.checked(open.body().textProperty().get(), at, checked));
            flush();
            background.run(writes::endStep, failed);
        }
    }

    /** Runs a text field's own undo, and saves the result without adding an undo step. */
    public void applyFieldUndo(Runnable undo) {
        flush();
        undo.run();
        // Runs in the background, so that it takes effect in order with the saves.
        background.run(() -> writes.setFieldUndoing(true), failed);
        flush();
        background.run(() -> writes.setFieldUndoing(false), failed);
    }

    private void change(Function<UUID, Boolean> command) {
        ItemForm open = form.get();
        if (open != null) {
            flush();
            background.run(() -> command.apply(open.id()), changed -> conflicts.refresh(), failed);
        }
    }

    /** Saves typed text and closes the subscription. */
    @Override
    public void close() {
        nextTime.cancel();
        flush();
        leftUnsaved.values().forEach(ItemForm::flush);
        unsaved.close();
        subscription.close();
    }
}
