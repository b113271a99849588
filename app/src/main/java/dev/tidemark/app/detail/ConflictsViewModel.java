package dev.tidemark.app.detail;

import dev.tidemark.app.model.CommonAncestor;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.HiddenEntryWriter;
import dev.tidemark.app.model.TextMerge;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The open conflicts, lists of one name, and the data that no view shows, with the commands that decide about them on
 * every device. Each has an undo, except for discarding rows that need another row. Belongs to the thread of its watch.
 */
public final class ConflictsViewModel {
    private final TransactionRunner writes;
    private final ConflictWatch watch;
    private final ConflictResolver choice;
    private final BiConsumer<Callable<String>, Runnable> offer;
    private final Runnable before;
    private final Supplier<ZonedDateTime> clock;
    private final HiddenEntryWriter hiddenWriter;
    private final ReadOnlyObjectWrapper<List<ConflictGroup>> groups = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<DuplicateListEntry>> duplicates = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<HiddenEntryList> hidden = new ReadOnlyObjectWrapper<>(HiddenEntryList.NONE);

    /**
     * @param offer runs a command in the background, shows the returned message with an undo button, then runs the
     *     second argument
     * @param before saves typed text. Runs before each command, on the calling thread
     */
    public ConflictsViewModel(
            TransactionRunner writes,
            ConflictWatch watch,
            BiConsumer<Callable<String>, Runnable> offer,
            Runnable before,
            Supplier<ZonedDateTime> clock) {
        this.writes = writes;
        this.clock = clock;
        this.watch = watch;
        this.offer = offer;
        this.before = before;
        choice = new ConflictResolver(writes);
        hiddenWriter = new HiddenEntryWriter(writes);
        watch.currentProperty().subscribe(now -> {
            groups.set(now.groups());
            duplicates.set(now.duplicates());
            hidden.set(now.hidden());
        });
    }

    /** The conflicts, grouped by row and ordered by title. */
    public ReadOnlyObjectProperty<List<ConflictGroup>> groupsProperty() {
        return groups.getReadOnlyProperty();
    }

    /** Lists of one name that different devices created. */
    ReadOnlyObjectProperty<List<DuplicateListEntry>> duplicatesProperty() {
        return duplicates.getReadOnlyProperty();
    }

    /** The data that no view shows. */
    public ReadOnlyObjectProperty<HiddenEntryList> hiddenProperty() {
        return hidden.getReadOnlyProperty();
    }

    String reason(HiddenEntry entry) {
        return hidden.get().reason(entry, clock.get());
    }

    void restore(HiddenEntry entry) {
        run(() -> hiddenWriter.restore(entry, Messages.text(Keys.HIDDEN_NAMELESS)), Keys.TOAST_HIDDEN_RESTORED);
    }

    void discard(HiddenEntry entry) {
        run(() -> hiddenWriter.discard(entry), Keys.TOAST_HIDDEN_DISCARDED);
    }

    ZonedDateTime now() {
        return clock.get();
    }

    void keepWinner(LosingVersion losing) {
        run(() -> choice.keepWinner(losing.conflict()), Keys.TOAST_KEPT);
    }

    void useLosingVersion(LosingVersion losing) {
        run(() -> choice.useLosingVersion(losing.conflict()), Keys.TOAST_USED);
    }

    /**
     * Resolves several conflicts, with one undo.
     *
     * @param keep whether the winning versions stay, or the losing ones replace them
     */
    void resolveAll(List<LosingVersion> losing, boolean keep) {
        List<Conflict> conflicts = losing.stream().map(LosingVersion::conflict).toList();
        run(() -> {
            if (keep) {
                choice.keepWinners(conflicts);
                return Messages.text(Keys.TOAST_KEPT_ALL, conflicts.size());
            }
            int open = choice.useLosingVersions(conflicts);
            return Messages.text(open == 0 ? Keys.TOAST_USED_ALL : Keys.TOAST_USED_PART, conflicts.size() - open, open);
        });
    }

    /** Joins lists of one name. */
    void join(DuplicateListEntry entry) {
        run(() -> {
            entry.lists().join(writes);
            return Messages.text(Keys.TOAST_JOINED, entry.lists().moved());
        });
    }

    /** Merges the versions of a text with their common ancestor, in the background. */
    void merge(Conflict conflict, Consumer<TextMerge> merged) {
        watch.run(
                database -> TextMerge.of(
                        CommonAncestor.of(database, conflict).orElse(null),
                        ConflictComparison.plain(conflict.winner()),
                        ConflictComparison.plain(conflict.loser())),
                merged);
    }

    void merge(LosingVersion losing, String text) {
        run(() -> choice.merge(losing.conflict(), text), Keys.TOAST_MERGED);
    }

    private void run(Runnable work, String sentence) {
        run(() -> {
            work.run();
            return Messages.text(sentence);
        });
    }

    private void run(Callable<String> work) {
        before.run();
        offer.accept(work, watch::refresh);
    }
}
