package dev.tidemark.app.checkpoints;

import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.app.model.ItemDetails;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists, creates and changes the checkpoints of a library. They are rows of a synced table, so all devices have them
 * (decision 78). Thread-safe.
 *
 * @param clock the clock that gives new checkpoints their time
 */
public record Checkpoints(Database database, InstantSource clock) {
    private static final String TABLE = "checkpoint";

    /** Returns all checkpoints, latest first. */
    public List<Checkpoint> list() {
        Map<ReplicaId, String> names = database.replicaNames();
        List<Checkpoint> found = database.list(Query.of("SELECT id, name, description, created_at, vector, predecessor,"
                        + " items, total, attribution FROM checkpoint ORDER BY created_at DESC, id DESC")
                .map(Checkpoints::read));
        Map<UUID, RowHistory.Origin> origins =
                database.origins(TABLE, found.stream().map(Checkpoint::id).toList());
        return found.stream()
                .map(each -> withDevice(each, origins.get(each.id()), names))
                .toList();
    }

    private static Checkpoint withDevice(
            Checkpoint each, RowHistory.@Nullable Origin origin, Map<ReplicaId, String> names) {
        return new Checkpoint(
                each.id(),
                each.name(),
                each.description(),
                each.at(),
                origin == null ? "" : ItemDetails.deviceName(names, origin.createdBy()),
                each.vector(),
                each.predecessor(),
                each.items(),
                each.total(),
                each.attribution());
    }

    private static Checkpoint read(Row row) {
        byte[] predecessor = row.blob("predecessor");
        return new Checkpoint(
                DerivedId.ofBytes(Objects.requireNonNull(row.blob("id"))),
                text(row, "name"),
                text(row, "description"),
                Instant.ofEpochMilli(row.integer("created_at")),
                "",
                Checkpoint.vector(text(row, "vector")),
                predecessor == null || predecessor.length != 16 ? null : DerivedId.ofBytes(predecessor),
                row.integer("items"),
                row.integer("total"),
                Attribution.parse(text(row, "attribution")));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNullElse(row.text(column), "");
    }

    /**
     * Returns the latest checkpoint with this name.
     *
     * @throws ProblemException if there is none
     */
    public Checkpoint find(String name) {
        return named(name).orElseThrow(() -> new ProblemException("checkpoint.unknown", name));
    }

    private Optional<Checkpoint> named(String name) {
        return list().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Creates a checkpoint of the current state, or replaces the checkpoint with the same name. Reads the changes since
     * the previous checkpoint. From then on, the engine retains the long texts in these changes, even if the user soon
     * saves a newer version.
     *
     * @throws ProblemException if the name is blank
     */
    public Checkpoint create(String name, String description) {
        String line = requireName(name);
        Optional<Checkpoint> replaced = named(line);
        List<Checkpoint> others = list().stream()
                .filter(each ->
                        replaced.isEmpty() || !each.id().equals(replaced.get().id()))
                .toList();
        VersionVector now = database.changelog().vector();
        Checkpoint before = others.stream()
                .filter(each -> each.vector() != null && now.covers(each.vector()))
                .findFirst()
                .orElse(null);
        VersionVector from = before == null || before.vector() == null ? VersionVector.EMPTY : before.vector();
        ChangesSince changes = count(from.merge(database.changelog().floor()));
        long items = database.one(Query.of("SELECT 0 AS id, count(*) AS number FROM item WHERE trashed = 0")
                .map(row -> row.integer("number")));
        long total = changes.vector.heads().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        UUID id = replaced.map(Checkpoint::id).orElseGet(Ids::next);
        database.write(transaction -> {
            transaction.execute(
                    "INSERT INTO checkpoint(id, name, description, created_at, vector, predecessor, items, total,"
                            + " attribution) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET"
                            + " description = excluded.description, created_at = excluded.created_at,"
                            + " vector = excluded.vector, predecessor = excluded.predecessor, items = excluded.items,"
                            + " total = excluded.total, attribution = excluded.attribution",
                    id,
                    line,
                    description.strip(),
                    clock.instant(),
                    Checkpoint.text(changes.vector),
                    before == null ? null : before.id(),
                    items,
                    total,
                    changes.attribution.json());
        });
        return find(line);
    }

    /** Creates a checkpoint before a command that changes many rows. Creates none if the library has no items. */
    public void createBefore(String name) {
        boolean isEmpty = database.optional(
                        Query.of("SELECT id FROM item LIMIT 1").map(row -> true))
                .isEmpty();
        if (!isEmpty) {
            create(name, "");
        }
    }

    /** Returns a time with seconds, which makes the names of automatic checkpoints unique. */
    public static String nameOf(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    private record ChangesSince(VersionVector vector, Attribution attribution) {}

    private ChangesSince count(VersionVector after) {
        Map<ReplicaId, String> names = database.replicaNames();
        Map<UUID, UUID> lists = new HashMap<>();
        Map<UUID, String> listNames = new HashMap<>();
        database.read(reader -> {
            reader.list(Query.of("SELECT id, list_id FROM item WHERE length(list_id) = 16"))
                    .forEach(row -> lists.put(id(row, "id"), id(row, "list_id")));
            reader.list(Query.of("SELECT id, name FROM list"))
                    .forEach(row -> listNames.put(id(row, "id"), text(row, "name")));
            return true;
        });
        Map<String, Attribution.Count> devices = new TreeMap<>();
        Map<String, Attribution.Count> byList = new TreeMap<>();
        VersionVector reached = after;
        // The engine treats changes that were read as exported, so a later save of the same text does not empty them.
        try (Batch.Reader batches = database.changelog().read(after, Batch.Limit.DEFAULT)) {
            for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
                for (Change change : batch.changes()) {
                    ReplicaId replica = change.dot().replica();
                    reached = reached.with(
                            replica, Math.max(reached.get(replica), change.dot().sequence()));
                    if (change.kind() == Change.Kind.SCHEMA || change.table().equals(TABLE)) {
                        continue;
                    }
                    Attribution.count(devices, replica.toString(), ItemDetails.deviceName(names, replica), change);
                    UUID list = lists.get(item(change));
                    String name = list == null ? null : listNames.get(list);
                    Attribution.count(
                            byList,
                            list == null || name == null ? "" : list.toString(),
                            Objects.requireNonNullElse(name, ""),
                            change);
                }
            }
        }
        if (devices.isEmpty()) {
            // Without changes, this device gets a share of 100 percent.
            ReplicaId self = database.replica();
            Instant at = clock.instant();
            devices.put(self.toString(), new Attribution.Count(ItemDetails.deviceName(names, self), 0, at, at));
            byList.put("", new Attribution.Count("", 0, at, at));
        }
        return new ChangesSince(reached, new Attribution(devices, byList));
    }

    private static UUID id(Row row, String column) {
        return DerivedId.ofBytes(Objects.requireNonNull(row.blob(column)));
    }

    /**
     * Returns the item of a tag or attachment; for other tables, returns the row. A deleted tag has no values, so its
     * change counts for no list.
     */
    private static UUID item(Change change) {
        return change.values().get("item_id") instanceof byte[] item && item.length == 16
                ? DerivedId.ofBytes(item)
                : change.row();
    }

    /** Renames a checkpoint. Does not replace another checkpoint with that name. */
    public void rename(Checkpoint checkpoint, String name) {
        String line = requireName(name);
        database.write(transaction -> {
            transaction.execute("UPDATE checkpoint SET name = ? WHERE id = ?", line, checkpoint.id());
        });
    }

    public void describe(Checkpoint checkpoint, String description) {
        database.write(transaction -> {
            transaction.execute(
                    "UPDATE checkpoint SET description = ? WHERE id = ?", description.strip(), checkpoint.id());
        });
    }

    /** Deletes a checkpoint. Its predecessor becomes the predecessor of its successors. */
    public void delete(Checkpoint checkpoint) {
        database.write(transaction -> {
            transaction.execute(
                    "UPDATE checkpoint SET predecessor = ? WHERE predecessor = ?",
                    checkpoint.predecessor(),
                    checkpoint.id());
            transaction.delete(TABLE, checkpoint.id());
        });
    }

    private static String requireName(String name) {
        String line = SingleLineText.of(name).strip();
        if (line.isEmpty()) {
            throw new ProblemException("checkpoint.untitled");
        }
        return line;
    }
}
