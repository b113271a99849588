package dev.tidemark.app.model;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.RowHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists of one name, regardless of case, that different devices created, and the command that joins them. A list's id
 * is derived from its name, so most lists of one name are one list. Two arise if the names differ in case, or if the id
 * was taken by a list that has another name by now. Lists of one device count as made on purpose, also after an undo of
 * joining, which inserts them again.
 *
 * @param oldest the list created first; its name is that of the group
 * @param others the other lists, oldest first; at least one
 */
public record DuplicateLists(OneList oldest, List<OneList> others) {
    /**
     * A list of a group.
     *
     * @param items the number of its items, also of completed and trashed ones
     * @param createdBy the device that created it; {@code null} if unknown
     * @param createdMillis milliseconds since 1970 on that device's clock; 0 if unknown
     */
    public record OneList(
            UUID id, String name, long items, @Nullable ReplicaId createdBy, long createdMillis) {}

    /** The order is the same on all devices, so two devices that join the same lists keep the same one. */
    private static final Comparator<OneList> BY_AGE =
            Comparator.comparingLong(OneList::createdMillis).thenComparing(OneList::id);

    public DuplicateLists {
        others = List.copyOf(others);
    }

    /** All groups with lists of different devices, by name. */
    public static List<DuplicateLists> all(Database database) {
        return groups(database).stream()
                .filter(DuplicateLists::isOfSeveralDevices)
                .toList();
    }

    /**
     * The lists of this name, regardless of case, whichever devices created them.
     *
     * @throws ProblemException if there are fewer than two
     */
    public static DuplicateLists of(Database database, String name) {
        String key = key(name);
        return groups(database).stream()
                .filter(group -> key(group.oldest.name).equals(key))
                .findFirst()
                .orElseThrow(() -> new ProblemException("list.single", name));
    }

    /** Groups of two or more. Only the lists of such groups are looked up and counted. */
    private static List<DuplicateLists> groups(Database database) {
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        database.list(Query.of("SELECT id, name FROM list ORDER BY name COLLATE NOCASE, id"))
                .forEach(row -> byName.computeIfAbsent(key(ItemQueries.text(row, "name")), each -> new ArrayList<>())
                        .add(row));
        byName.values().removeIf(rows -> rows.size() < 2);
        List<UUID> ids = byName.values().stream()
                .flatMap(List::stream)
                .map(ItemQueries::id)
                .toList();
        Map<UUID, RowHistory.Origin> origins = ids.isEmpty() ? Map.of() : database.origins("list", ids);
        return byName.values().stream()
                .map(rows -> rows.stream()
                        .map(row -> list(database, row, origins.get(ItemQueries.id(row))))
                        .sorted(BY_AGE)
                        .toList())
                .map(lists -> new DuplicateLists(lists.getFirst(), lists.subList(1, lists.size())))
                .toList();
    }

    private static OneList list(Database database, Row row, RowHistory.@Nullable Origin origin) {
        UUID id = ItemQueries.id(row);
        long items = database.one(
                Query.of("SELECT x'' AS id, coalesce(sum(number), 0) AS items FROM item_count WHERE list_id = ?", id)
                        .map(count -> count.integer("items")));
        return new OneList(
                id,
                ItemQueries.text(row, "name"),
                items,
                origin == null ? null : origin.createdBy(),
                origin == null ? 0 : origin.createdMillis());
    }

    private static String key(String name) {
        return NameNormalizer.clean(name).toLowerCase(Locale.ROOT);
    }

    private boolean isOfSeveralDevices() {
        Set<@Nullable ReplicaId> devices = new HashSet<>();
        devices.add(oldest.createdBy);
        others.forEach(list -> devices.add(list.createdBy));
        return devices.size() > 1;
    }

    /** The number of items that joining moves. */
    public long moved() {
        return others.stream().mapToLong(OneList::items).sum();
    }

    /**
     * Moves the items of the other lists to the oldest and deletes the others, as one transaction and one undo step.
     * The oldest list takes over a colour and an icon that it lacks. Moving an item into the joined list is no edit of
     * the item: another device that trashes it at the same time wins without a conflict.
     *
     * @throws ProblemException if the oldest list was deleted
     */
    public void join(TransactionRunner writes) {
        writes.endStep();
        writes.write(null, transaction -> {
            if (transaction
                    .first(Query.of("SELECT id FROM list WHERE id = ?", oldest.id))
                    .isEmpty()) {
                throw new ProblemException("list.gone");
            }
            others.forEach(list -> join(transaction, list.id));
            return true;
        });
        writes.endStep();
    }

    private void join(Transaction transaction, UUID other) {
        for (String column : List.of("color", "icon")) {
            transaction.execute(
                    "UPDATE list SET " + column + " = (SELECT " + column + " FROM list WHERE id = ?) WHERE id = ? AND "
                            + column + " IS NULL",
                    other,
                    oldest.id);
        }
        transaction.execute("UPDATE item SET list_id = ? WHERE list_id = ?", oldest.id, other);
        transaction.delete("list", other);
    }

    /** The names of the devices that created the lists, the oldest list's first, without repetition. */
    public List<String> devices(Map<ReplicaId, String> names) {
        List<OneList> all = new ArrayList<>(List.of(oldest));
        all.addAll(others);
        return all.stream()
                .map(OneList::createdBy)
                .filter(Objects::nonNull)
                .map(replica -> ItemDetails.deviceName(names, replica))
                .distinct()
                .collect(Collectors.toList());
    }
}
