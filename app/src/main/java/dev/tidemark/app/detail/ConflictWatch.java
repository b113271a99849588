package dev.tidemark.app.detail;

import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.ConflictLine;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.ReinsertedItems;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Loads the open conflicts of all rows, lists of one name, and the hidden data. A losing version can arrive without a
 * change of any row, and a subscription would miss that. So the caller calls {@link #refresh} after each event that may
 * change the conflicts. Confined to the view model's thread.
 */
public final class ConflictWatch {
    private static final String ITEMS = "item";

    /**
     * The maximum number of hidden rows that are read. After the user decides about one, the next read includes
     * another.
     */
    private static final int MAX_HIDDEN_ROWS = 500;

    private final Database database;
    private final SerialTaskRunner background;
    private final Consumer<Throwable> failed;
    private final ReadOnlyObjectWrapper<LosingVersion.ByItem> current =
            new ReadOnlyObjectWrapper<>(LosingVersion.ByItem.NONE);
    private VersionVector merged = VersionVector.EMPTY;
    private boolean reading;
    private boolean again;

    public ConflictWatch(Database database, SerialTaskRunner background, Consumer<Throwable> failed) {
        this.database = database;
        this.background = background;
        this.failed = failed;
    }

    public ReadOnlyObjectProperty<LosingVersion.ByItem> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /**
     * Reads the conflicts in the background. However often this method is called during a read, one more read follows.
     */
    public void refresh() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        background.run(this::read, this::show, problem -> {
            reading = false;
            failed.accept(problem);
        });
    }

    /**
     * Restores the tags and attachments of re-inserted items, then reads the conflicts. Call this method after a sync
     * applied changes.
     */
    public void pulled() {
        background.run(() -> ReinsertedItems.complete(database), completed -> {}, failed);
        refresh();
    }

    /**
     * An item, and the version vector of its texts.
     *
     * @param item empty if the item does not exist
     * @param vector the version vector of the texts. The texts contain all changes of this vector, and perhaps later
     *     changes
     * @param isMerged whether a text is merged from concurrent versions
     */
    record Read(Optional<Item> item, VersionVector vector, boolean isMerged) {}

    /**
     * Whether all changes of this vector are included in the merged texts. Otherwise a query result may contain only
     * the winning version of a text, and an edit of it must not count as an edit of all versions.
     */
    boolean covers(VersionVector vector) {
        return merged.covers(vector);
    }

    /** Merges concurrent texts in the background, then passes the item to {@code done}. */
    void readMerged(UUID id, Consumer<Read> done) {
        background.run(
                () -> {
                    // Read before the text, so that the text contains all changes of the vector.
                    VersionVector vector = database.changelog().vector();
                    MergedTexts.refresh(database);
                    boolean isMerged = database.read(MergedTexts::texts).containsKey(id);
                    return new Read(database.optional(ItemQueries.item(id)), vector, isMerged);
                },
                read -> {
                    merged = read.vector();
                    done.accept(read);
                    if (read.isMerged() != current.get().merged().containsKey(id)) {
                        refresh();
                    }
                },
                failed);
    }

    /** Reads from the database in the background. */
    <T> void run(Function<Database, T> reading, Consumer<T> done) {
        background.run(() -> reading.apply(database), done, failed);
    }

    private record Found(LosingVersion.ByItem conflicts, VersionVector vector) {}

    private Found read() {
        VersionVector vector = database.changelog().vector();
        MergedTexts.refresh(database);
        Map<ReplicaId, String> names = new HashMap<>(database.replicaNames());
        names.put(database.replica(), Messages.text(Keys.CONFLICT_HERE));
        Map<UUID, List<LosingVersion>> items = new HashMap<>();
        Map<UUID, List<LosingVersion>> rows = new LinkedHashMap<>();
        for (Conflict conflict : ConflictLine.resolvable(database)) {
            LosingVersion losing = new LosingVersion(
                    conflict,
                    ItemDetails.deviceName(names, conflict.loser().dot().replica()),
                    ItemDetails.deviceName(names, conflict.winner().dot().replica()));
            rows.computeIfAbsent(conflict.row(), row -> new ArrayList<>()).add(losing);
            if (conflict.table().equals(ITEMS)) {
                items.computeIfAbsent(conflict.row(), row -> new ArrayList<>()).add(losing);
            }
        }
        List<ConflictGroup> conflictGroups = rows.values().stream()
                .map(losing -> ConflictGroup.of(database, losing))
                .sorted(Comparator.comparing(ConflictGroup::title, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(ConflictGroup::row))
                .toList();
        Map<UUID, Set<String>> mergedWith = new HashMap<>();
        for (Conflict conflict : ConflictLine.merged(database)) {
            Set<String> devices = mergedWith.computeIfAbsent(conflict.row(), row -> new TreeSet<>());
            for (Conflict.Version version : List.of(conflict.winner(), conflict.loser())) {
                if (!version.dot().replica().equals(database.replica())) {
                    devices.add(ItemDetails.deviceName(names, version.dot().replica()));
                }
            }
        }
        return new Found(
                new LosingVersion.ByItem(
                        items, conflictGroups, DuplicateListEntry.all(database, names), hidden(names), mergedWith),
                vector);
    }

    private HiddenEntryList hidden(Map<ReplicaId, String> names) {
        HiddenData.Counts counts = database.hiddenDataCounts();
        if (counts.isEmpty()) {
            return HiddenEntryList.NONE;
        }
        List<HiddenEntry> entries = HiddenEntry.all(database, MAX_HIDDEN_ROWS).stream()
                .sorted(Comparator.comparing(HiddenEntry::title, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(HiddenEntry::id))
                .toList();
        return new HiddenEntryList(entries, counts.waiting(), Map.copyOf(names));
    }

    private void show(Found found) {
        reading = false;
        merged = found.vector();
        current.set(found.conflicts());
        if (again) {
            again = false;
            refresh();
        }
    }
}
