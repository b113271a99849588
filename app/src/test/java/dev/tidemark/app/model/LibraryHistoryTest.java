package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three users make and undo any changes to one library, and their devices sync in any order. All devices end equal, no
 * reference is dangling, and counts and search results match the rows.
 */
class LibraryHistoryTest {
    private static final int STEPS = 250;
    private static final List<String> NAMES = List.of("red", "green", "blue");

    @TempDir
    Path folder;

    private final List<UUID> items = new ArrayList<>();
    private final List<UUID> lists = new ArrayList<>();
    private long now = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();
    private Random random = new Random();

    private record Device(Database database, UndoStack undo) {}

    private static LongStream seeds(int histories, long first) {
        return LongStream.range(first, first + Integer.getInteger("tidemark.histories", histories));
    }

    static LongStream fixedSeeds() {
        return seeds(1, Seeds.fixed());
    }

    static LongStream seedsOfToday() {
        return seeds(12, Seeds.ofToday());
    }

    @ParameterizedTest
    @MethodSource("fixedSeeds")
    void devicesAgreeWhateverWasDoneAndTakenBack(long seed) {
        agree(seed);
    }

    @Proof
    @ParameterizedTest
    @MethodSource("seedsOfToday")
    void devicesAgreeWhateverWasDoneInHistoriesOfToday(long seed) {
        System.out.println("History of a library with -Dtidemark.seed=" + seed);
        agree(seed);
    }

    private void agree(long seed) {
        random = new Random(seed);
        List<Device> devices = new ArrayList<>();
        try {
            for (String name : List.of("laptop", "phone", "tablet")) {
                devices.add(open(name));
            }
            for (int step = 0; step < STEPS; step++) {
                Device device = any(devices);
                if (random.nextInt(12) == 0) {
                    SyncEngine.sync(
                            device.database.changelog(), any(devices).database.changelog());
                } else {
                    act(device);
                }
            }
            for (int round = 0; round < 2; round++) {
                for (Device device : devices) {
                    SyncEngine.sync(
                            device.database.changelog(),
                            devices.getFirst().database.changelog());
                }
            }
            for (Device device : devices) {
                expectSound(device.database);
                expectAlike(device.database, devices.getFirst().database);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Repeat it with -Dtidemark.seed=" + seed + " -Dtidemark.histories=1", e);
        } finally {
            devices.forEach(device -> device.database.close());
        }
    }

    private Device open(String name) {
        // Looks at the clock see the same millisecond now and then, on one device or two.
        InstantSource clock = () -> Instant.ofEpochMilli(now += random.nextInt(3));
        Database database = Database.open(
                folder.resolve(name + ".db"),
                LibrarySchema.SCHEMA,
                DatabaseOptions.DEFAULT.named(name).with(clock).with(Durability.NONE));
        return new Device(database, new UndoStack(database, clock));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void act(Device device) {
        try {
            if (random.nextInt(3) == 0) {
                arrange(device);
            } else {
                edit(new Items(device.undo), items.isEmpty() ? UUID.randomUUID() : any(items));
            }
        } catch (ProblemException unknownHere) {
            // It has not come here yet, or is gone.
            assertThat(unknownHere.key()).isIn("item.unknown", "list.gone", "search.gone");
        }
    }

    private void edit(Items device, UUID id) {
        String name = any(NAMES);
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> items.add(device.add(NewItem.todo(name).withTags(List.of(name))));
            case 3 -> device.setTitle(id, name);
            case 4 -> device.setBody(id, name);
            case 5 ->
                device.setDue(
                        id,
                        random.nextInt(3) == 0 ? null : new Due(LocalDate.of(2026, 11, 1)).repeating(Repeat.daily(1)));
            case 6 -> device.setDone(id, random.nextBoolean());
            case 7 -> device.setList(id, lists.isEmpty() || random.nextBoolean() ? null : any(lists));
            case 8 -> device.tag(id, name);
            case 9 -> device.untag(id, name);
            case 10 -> device.trash(id);
            case 11 -> device.restore(id);
            case 12 -> device.purge(id);
            default -> device.inTransaction(writer -> writer.attach(id, name, new BlobId("00".repeat(32)), 1));
        }
    }

    private void arrange(Device device) {
        String name = any(NAMES);
        Tags labels = new Tags(device.undo);
        switch (random.nextInt(12)) {
            case 0 -> lists.add(new Lists(device.undo).add(name));
            case 1 -> new Lists(device.undo).rename(known(lists), name);
            case 2 -> new Lists(device.undo).delete(known(lists));
            case 3 -> labels.add(name);
            case 4 -> labels.rename(name, any(NAMES));
            case 5 -> labels.move(name, null, null);
            case 6 -> labels.remove(name);
            case 7 -> new SavedSearches(device.undo).add(name, name);
            case 8 -> device.undo.undo();
            case 9 -> device.undo.redo();
            case 10 ->
                new Items(device.undo).inTransaction(writer -> {
                    writer.move(List.of(known(items)), known(items), null);
                    return null;
                });
            default -> choose(device);
        }
    }

    private UUID known(List<UUID> ids) {
        return ids.isEmpty() ? new UUID(0, 0) : any(ids);
    }

    /** Settles one conflict, for what won or what lost. */
    private void choose(Device device) {
        List<Conflict> open = ConflictLine.resolvable(device.database);
        if (open.isEmpty()) {
            return;
        }
        Conflict conflict = any(open);
        boolean keeps = random.nextBoolean();
        device.undo.write(null, transaction -> keeps ? keep(transaction, conflict) : use(transaction, conflict));
    }

    private static boolean keep(Transaction transaction, Conflict conflict) {
        transaction.resolve(conflict.table(), conflict.row(), conflict.column());
        return true;
    }

    private static boolean use(Transaction transaction, Conflict conflict) {
        if (!conflict.column().equals(Conflict.ROW)) {
            transaction.execute(
                    "UPDATE \"" + conflict.table() + "\" SET \"" + conflict.column() + "\" = ? WHERE id = ?",
                    conflict.loser().value(),
                    conflict.row());
            return keep(transaction, conflict);
        }
        if (conflict.loser().delete()) {
            transaction.delete(conflict.table(), conflict.row());
            return true;
        }
        return transaction.restore(conflict.table(), conflict.row()) || keep(transaction, conflict);
    }

    private static void expectAlike(Database database, Database other) {
        assertThat(database.changelog().vector()).isEqualTo(other.changelog().vector());
        assertThat(database.dump()).isEqualTo(other.dump());
        assertThat(database.conflicts()).isEqualTo(other.conflicts());
        assertThat(database.hiddenRows()).isEqualTo(other.hiddenRows());
        assertThat(ConflictLine.all(database)).isEqualTo(ConflictLine.all(other));
    }

    private static void expectSound(Database database) {
        assertThat(texts(database, "SELECT \"table\" AS id FROM pragma_foreign_key_check"))
                .isEmpty();
        assertThat(texts(
                        database,
                        "SELECT CAST(item_id AS TEXT) AS id FROM item_local WHERE item_id NOT IN (SELECT id"
                                + " FROM item)"))
                .isEmpty();
        assertThat(texts(database, "SELECT count(*) || '' AS id FROM item_local"))
                .isEqualTo(texts(database, "SELECT count(*) || '' AS id FROM item"));
        for (String word : NAMES) {
            assertThat(texts(
                            database,
                            "SELECT hex(c.item_id) AS id FROM item_text f JOIN item_local c ON c.number = f.rowid"
                                    + " WHERE item_text MATCH 'title:" + word + "' ORDER BY 1"))
                    .isEqualTo(
                            texts(database, "SELECT hex(id) AS id FROM item WHERE title = '" + word + "' ORDER BY 1"));
        }
        Map<String, Integer> shown = database.list(SidebarQueries.tags()).stream()
                .filter(label -> label.open() > 0)
                .collect(Collectors.toMap(Tag::name, Tag::open));
        Map<String, Integer> counted = database
                .list(Query.of("SELECT t.name AS id, count(*) AS open FROM tag t JOIN item i ON i.id = t.item_id"
                                + " WHERE i.trashed = 0 AND i.done = 0 GROUP BY t.name")
                        .map(row -> Map.entry(Objects.requireNonNull(row.text("id")), (int) row.integer("open"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(shown).isEqualTo(counted);
        expectCounted(database);
    }

    private static void expectCounted(Database database) {
        for (ItemSource view : List.of(
                new ItemSource.Inbox(),
                new ItemSource.All(),
                new ItemSource.Notes(),
                new ItemSource.Completed(),
                new ItemSource.Trash())) {
            assertThat(database.list(ItemQueries.count(view, ViewOptions.DEFAULT)))
                    .as("%s", view)
                    .containsExactly(database.list(ItemQueries.rows(view, ViewOptions.DEFAULT))
                            .size());
        }
        LocalDate day = LocalDate.of(2026, 11, 1);
        assertThat(database.list(SidebarQueries.counts(day)).getFirst().upcoming())
                .isEqualTo(database.list(ItemQueries.rows(new ItemSource.Upcoming(day), ViewOptions.DEFAULT))
                        .size());
        for (ItemList list : database.list(SidebarQueries.lists())) {
            assertThat(database.list(ItemQueries.rows(new ItemSource.OfList(list.id()), ViewOptions.DEFAULT)))
                    .hasSize(list.open());
        }
    }

    private static List<@Nullable String> texts(Database database, String sql) {
        return database.list(Query.of(sql).map(row -> row.text("id"))).stream()
                .sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
                .toList();
    }
}
