package dev.tidemark.app.history;

import dev.tidemark.app.fx.Scheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.history.HistoryEntry.FieldChange;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Reads the entries of the history page in the background, page by page. Confined to the thread of its executor. */
public final class HistoryViewModel implements AutoCloseable {
    private static final int PAGE = 50;
    private static final Duration SETTLE = Duration.ofMillis(300);

    private final Database database;
    private final HistoryWriter writer;
    private final Environment environment;
    private final ObservableList<HistoryEntry> entries = FXCollections.observableArrayList();
    private final ObservableList<HistoryEntry> shownEntries = FXCollections.unmodifiableObservableList(entries);
    private final ReadOnlyObjectWrapper<HistoryFilter> filter = new ReadOnlyObjectWrapper<>(HistoryFilter.NONE);
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Instant> truncated = new ReadOnlyObjectWrapper<>(null);
    private final ReadOnlyObjectWrapper<@Nullable Instant> searched = new ReadOnlyObjectWrapper<>(null);
    private Subscription following = () -> {};
    private Scheduler.ScheduledTask settling = () -> {};
    private @Nullable HlcTimestamp next;
    private List<String> deviceNames = List.of();
    private boolean isShown;

    /** The number of the latest read. Results of older reads are dropped. */
    private int reading;

    /**
     * The services that the window provides.
     *
     * @param executor delivers changes on the thread of the view model
     * @param files reads in the background, without delaying the user's commands
     * @param offer runs a command in the background, shows the message that it returns with a button to undo the
     *     command, and then runs the second argument
     * @param before runs before each command, to save typed text
     */
    public record Environment(
            Executor executor,
            SerialTaskRunner files,
            Scheduler delays,
            BiConsumer<Callable<String>, Runnable> offer,
            Runnable before,
            Supplier<ZonedDateTime> clock,
            Consumer<Throwable> failed) {}

    public HistoryViewModel(Database database, TransactionRunner writes, Environment environment) {
        this.database = database;
        this.writer = new HistoryWriter(database, writes);
        this.environment = environment;
    }

    /** The entries read so far, newest first. */
    public ObservableList<HistoryEntry> entries() {
        return shownEntries;
    }

    ReadOnlyObjectProperty<HistoryFilter> filterProperty() {
        return filter.getReadOnlyProperty();
    }

    /** Whether entries are being read. */
    ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /**
     * The time of the oldest change; {@code null} if entries remain to be read, or if no older change was truncated.
     */
    ReadOnlyObjectProperty<@Nullable Instant> truncatedProperty() {
        return truncated.getReadOnlyProperty();
    }

    /** The time back to which a running search has read; {@code null} if no search is running. */
    ReadOnlyObjectProperty<@Nullable Instant> searchedProperty() {
        return searched.getReadOnlyProperty();
    }

    ZonedDateTime now() {
        return environment.clock.get();
    }

    /** Shows the history of an item, or of the library for {@code null}. Updates the entries until {@link #hide}. */
    public void show(@Nullable UUID item) {
        deviceNames = List.copyOf(devices().keySet());
        if (!isShown) {
            isShown = true;
            following = database.changelog()
                    .follow(
                            database.changelog().vector(),
                            environment.executor,
                            batch -> changed(),
                            environment.failed);
        }
        setFilter(HistoryFilter.NONE.item(item));
    }

    /** Stops following the changelog and drops the entries. */
    public void hide() {
        if (isShown) {
            isShown = false;
            following.close();
            settling.cancel();
            reading++;
            entries.clear();
        }
    }

    /** Drops all entries and reads those that the filter accepts. */
    public void setFilter(HistoryFilter wanted) {
        filter.set(wanted);
        entries.clear();
        truncated.set(null);
        searched.set(null);
        next = null;
        read(null);
    }

    /** Reads the next page, unless all pages are read or a page is being read. */
    void loadMore() {
        if (!loading.get() && next != null) {
            read(next);
        }
    }

    private void changed() {
        settling.cancel();
        settling = environment.delays.schedule(SETTLE, this::refresh);
    }

    /**
     * Reads the first page again and replaces the entries with it. If there is more than one page of entries, only
     * inserts newer entries at the top.
     */
    private void refresh() {
        int current = reading;
        HistoryFilter wanted = filter.get();
        environment.files.run(
                () -> new HistoryReader(database).page(wanted, null, PAGE),
                page -> {
                    if (!isShown) {
                        return;
                    }
                    if (current != reading || loading.get()) {
                        // The read that replaced this refresh may be of older pages, without the change.
                        changed();
                    } else if (entries.size() <= PAGE) {
                        // Replaced rows would lose a click on them.
                        if (!entries.equals(page.entries())) {
                            entries.setAll(page.entries());
                        }
                        next = page.next();
                        fillFirstPage();
                    } else {
                        HlcTimestamp newest = entries.getFirst().timestamp();
                        entries.addAll(
                                0,
                                page.entries().stream()
                                        .filter(entry -> entry.timestamp().compareTo(newest) > 0)
                                        .toList());
                    }
                },
                environment.failed);
    }

    private record Read(HistoryReader.Page page, Optional<Instant> truncated) {}

    private void read(@Nullable HlcTimestamp after) {
        reading++;
        int current = reading;
        HistoryFilter wanted = filter.get();
        loading.set(true);
        environment.files.run(
                () -> {
                    HistoryReader reader = new HistoryReader(database);
                    HistoryReader.Page page = reader.page(wanted, after, PAGE);
                    return new Read(page, page.next() == null ? reader.truncatedBefore() : Optional.empty());
                },
                read -> {
                    if (current == reading) {
                        loading.set(false);
                        next = read.page().next();
                        entries.addAll(read.page().entries());
                        truncated.set(read.truncated().orElse(null));
                        fillFirstPage();
                    }
                },
                failure -> {
                    if (current == reading) {
                        loading.set(false);
                    }
                    environment.failed.accept(failure);
                });
    }

    /** Reads on while fewer than a page of entries is found: a read ends after a time, even if it found none. */
    private void fillFirstPage() {
        HlcTimestamp last = next;
        boolean isShort = entries.size() < PAGE;
        searched.set(isShort && last != null ? Instant.ofEpochMilli(last.millis()) : null);
        if (isShort) {
            loadMore();
        }
    }

    /** Whether all entries are read. */
    boolean isComplete() {
        return next == null && !loading.get();
    }

    /** Returns the sorted names of the devices that had changes when the page was shown. */
    public List<String> deviceNames() {
        return deviceNames;
    }

    /** Returns the ids of all devices with changes, keyed by name. A device may have had several ids. */
    Map<String, Set<ReplicaId>> devices() {
        Map<ReplicaId, String> names = database.replicaNames();
        Map<String, Set<ReplicaId>> devices = new TreeMap<>();
        database.changelog()
                .vector()
                .heads()
                .keySet()
                .forEach(id -> devices.computeIfAbsent(ItemDetails.deviceName(names, id), name -> new TreeSet<>())
                        .add(id));
        return devices;
    }

    /** Reads the values of an item right after the transaction of an entry, and passes them to {@code found}. */
    void read(HistoryEntry entry, UUID item, Consumer<Optional<Map<String, @Nullable Object>>> found) {
        environment.files.run(
                () -> new HistoryReader(database).itemAt(item, entry.timestamp()), found, environment.failed);
    }

    void undo(HistoryEntry entry) {
        run(
                () -> writer.undo(entry.transaction()),
                Keys.HISTORY_UNDONE_ALL,
                Keys.HISTORY_UNDONE_PART,
                Keys.HISTORY_UNDONE_NOTHING);
    }

    void restoreBefore(HistoryEntry entry, FieldChange field) {
        run(
                () -> writer.restoreBefore(entry, field),
                Keys.HISTORY_UNDONE_ALL,
                Keys.HISTORY_UNDONE_PART,
                Keys.HISTORY_UNDONE_NOTHING);
    }

    void restore(HistoryEntry entry, UUID item) {
        run(
                () -> writer.restore(item, entry.timestamp()),
                Keys.HISTORY_RESTORED_ALL,
                Keys.HISTORY_RESTORED_PART,
                Keys.HISTORY_RESTORED_NOTHING);
    }

    private void run(Callable<HistoryWriter.Outcome> command, String all, String part, String nothing) {
        environment.before.run();
        environment.offer.accept(
                () -> Messages.text(
                        switch (command.call()) {
                            case ALL -> all;
                            case PART -> part;
                            case NOTHING -> nothing;
                        }),
                () -> {});
    }

    @Override
    public void close() {
        hide();
    }
}
