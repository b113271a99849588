package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual order of items, on one device and on two that move items at the same time. */
class ManualOrderTest {
    @TempDir
    Path folder;

    private TwoDevices devices;
    private Database laptop;
    private Database phone;
    private Items onLaptop;
    private Items onPhone;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        laptop = devices.laptop();
        phone = devices.phone();
        onLaptop = new Items(laptop);
        onPhone = new Items(phone);
    }

    @AfterEach
    void close() {
        devices.close();
    }

    /** Items in the order of these titles, on both devices. */
    private List<UUID> items(String... titles) {
        List<UUID> ids = new ArrayList<>();
        onLaptop.inTransaction(writer -> {
            for (int index = 0; index < titles.length; index++) {
                UUID id = dev.tidemark.engine.Ids.next();
                writer.add(id, NewItem.todo(titles[index]), Instant.ofEpochMilli(2_000_000_000_000L - index * 60_000L));
                ids.add(id);
            }
            return null;
        });
        devices.sync();
        return ids;
    }

    private static List<String> titles(Database database) {
        return database.list(ItemQueries.rows(new ItemSource.All(), true)).stream()
                .map(ItemRow::title)
                .toList();
    }

    private static List<UUID> ids(Database database) {
        return database.list(ItemQueries.rows(new ItemSource.All(), true)).stream()
                .map(ItemRow::id)
                .toList();
    }

    private static int longestKey(Database database) {
        return database.list(Query.of("SELECT 1 AS id, max(length(position)) AS longest FROM item")).stream()
                .mapToInt(row -> (int) row.integer("longest"))
                .findFirst()
                .orElse(0);
    }

    private static int changes(Database database) {
        return (int) database.changelog().statistics().all().entries();
    }

    private static void move(Items items, List<UUID> ids, @Nullable UUID above, @Nullable UUID below) {
        items.inTransaction(writer -> {
            writer.move(ids, above, below);
            return null;
        });
    }

    @Test
    void whatIsMovedStandsWhereItWasPutAndNothingElseIsWritten() {
        List<UUID> ids = items("a", "b", "c", "d");
        int before = changes(laptop);
        move(onLaptop, List.of(ids.get(3)), ids.get(0), ids.get(1));
        assertThat(titles(laptop)).containsExactly("a", "d", "b", "c");
        assertThat(changes(laptop)).isEqualTo(before + 1);
        move(onLaptop, List.of(ids.get(1)), null, ids.get(0));
        assertThat(titles(laptop)).containsExactly("b", "a", "d", "c");
        move(onLaptop, List.of(ids.get(1), ids.get(0)), ids.get(2), null);
        assertThat(titles(laptop)).containsExactly("d", "c", "b", "a");
        move(onLaptop, List.of(ids.get(2), ids.get(0)), null, ids.get(3));
        assertThat(titles(laptop)).containsExactly("c", "a", "d", "b");
        devices.sync();
        assertThat(titles(phone)).containsExactly("c", "a", "d", "b");
    }

    @Test
    void whatIsNewComesBeforeWhatWasMovedToTheTop() {
        List<UUID> ids = items("a", "b");
        onLaptop.inTransaction(
                writer -> writer.setCreatedAt(ids.get(0), Instant.now().minusSeconds(10)));
        onLaptop.inTransaction(
                writer -> writer.setCreatedAt(ids.get(1), Instant.now().minusSeconds(20)));
        move(onLaptop, List.of(ids.get(1)), null, ids.get(0));
        onLaptop.inTransaction(writer -> {
            writer.add(
                    dev.tidemark.engine.Ids.next(),
                    NewItem.todo("new"),
                    Instant.now().plusMillis(5));
            return null;
        });
        assertThat(titles(laptop)).containsExactly("new", "b", "a");
    }

    @Test
    void movingBesideWhatIsGoneLeavesEverythingInItsPlace() {
        List<UUID> ids = items("a", "b", "c");
        onLaptop.purge(ids.get(1));
        move(onLaptop, List.of(ids.get(2)), ids.get(1), null);
        assertThat(titles(laptop)).containsExactly("a", "c");
        move(onLaptop, List.of(ids.get(1), ids.get(2)), null, ids.get(0));
        assertThat(titles(laptop)).containsExactly("c", "a");
    }

    @Test
    void twoDevicesThatPutTwoThingsIntoOnePlaceAgreeAndThereIsStillRoomBetweenThem() {
        List<UUID> ids = items("a", "b", "c", "d");
        move(onLaptop, List.of(ids.get(2)), ids.get(0), ids.get(1));
        move(onPhone, List.of(ids.get(3)), ids.get(0), ids.get(1));
        devices.sync();
        List<UUID> agreed = ids(laptop);
        assertThat(ids(phone)).isEqualTo(agreed);
        assertThat(agreed.getFirst()).isEqualTo(ids.get(0));
        assertThat(agreed.getLast()).isEqualTo(ids.get(1));
        // c and d have the same key now; what is put between them makes them differ.
        UUID between = onLaptop.add(NewItem.todo("between"));
        move(onLaptop, List.of(between), agreed.get(1), agreed.get(2));
        assertThat(ids(laptop))
                .containsSubsequence(agreed.get(0), agreed.get(1), between, agreed.get(2), agreed.get(3));
        devices.sync();
        assertThat(ids(phone)).isEqualTo(ids(laptop));
    }

    @Test
    void anItemThatBothMoveEndsInOneOfTheTwoPlacesAndIsNoConflict() {
        List<UUID> ids = items("a", "b", "c", "d");
        move(onLaptop, List.of(ids.get(0)), ids.get(1), ids.get(2));
        move(onPhone, List.of(ids.get(0)), ids.get(3), null);
        devices.sync();
        assertThat(titles(laptop)).containsExactly("b", "c", "d", "a");
        assertThat(titles(phone)).isEqualTo(titles(laptop));
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void movingIsNoEditThatTakesAnItemOutOfTheTrash() {
        List<UUID> ids = items("a", "b", "c");
        onPhone.trash(ids.get(0));
        move(onLaptop, List.of(ids.get(0)), ids.get(2), null);
        devices.sync();
        assertThat(titles(laptop)).containsExactly("b", "c");
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void keysStayShortHoweverOftenSomethingIsPutIntoOnePlace() {
        List<UUID> ids = items("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        UUID above = ids.get(4);
        UUID below = ids.get(5);
        int before = changes(laptop);
        int moves = 600;
        onLaptop.inTransaction(writer -> {
            // Always directly before the same item: between the last one that was put there and it.
            UUID last = above;
            for (int index = 0; index < moves; index++) {
                UUID created = writer.add(NewItem.todo("x" + index));
                writer.move(List.of(created), last, below);
                last = created;
            }
            return null;
        });
        List<String> expected = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        for (int index = 0; index < moves; index++) {
            expected.add("x" + index);
        }
        expected.addAll(List.of("f", "g", "h", "i", "j"));
        assertThat(titles(laptop)).isEqualTo(expected);
        assertThat(longestKey(laptop)).isLessThanOrEqualTo(FractionalIndex.MAX_LENGTH);
        // Each new item is a change; beyond these, what made room may only be a few of the ten that were there.
        assertThat(changes(laptop) - before - moves).isLessThanOrEqualTo(10);
        devices.sync();
        assertThat(titles(phone)).isEqualTo(expected);
    }

    @Proof
    @Test
    void makingRoomWritesFewRowsForEachMove() {
        List<UUID> ids = items("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p");
        int before = changes(laptop);
        int moves = 1_000;
        for (int index = 0; index < moves; index++) {
            // Two take turns in jumping over each other, always before the same third.
            move(onLaptop, List.of(ids.get(index % 2 == 0 ? 3 : 4)), ids.get(index % 2 == 0 ? 4 : 3), ids.get(5));
        }
        int written = changes(laptop) - before;
        System.out.println(moves + " moves into one place wrote " + written + " rows; the longest key has "
                + longestKey(laptop) + " letters");
        assertThat(longestKey(laptop)).isLessThanOrEqualTo(FractionalIndex.MAX_LENGTH);
        assertThat(written).isLessThanOrEqualTo(moves * 2);
    }

    @Test
    void twoDevicesThatMakeRoomAtOnceAgreeAndStayAsTheyAre() {
        List<UUID> ids = items("a", "b", "c", "d", "e", "f");
        crowd(onLaptop, ids);
        crowd(onPhone, ids);
        devices.sync();
        assertThat(ids(phone)).isEqualTo(ids(laptop));
        int settled = changes(laptop);
        devices.sync();
        assertThat(changes(laptop)).isEqualTo(settled);
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    /** Moves two items over each other until there is no room left between them. */
    private static void crowd(Items items, List<UUID> ids) {
        items.inTransaction(writer -> {
            for (int index = 0; index < 200; index++) {
                writer.move(List.of(ids.get(index % 2 == 0 ? 1 : 2)), ids.get(index % 2 == 0 ? 2 : 1), ids.get(3));
            }
            return null;
        });
    }

    @Test
    void whateverTwoDevicesMoveTheyAgreeAndEachMoveLandsWhereThePersonPutIt() {
        long seed = Long.getLong("tidemark.seed", 380);
        Random random = new Random(seed);
        items("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        for (int round = 0; round < 15; round++) {
            for (int step = 0; step < 6; step++) {
                moveAtRandom(random.nextBoolean() ? onLaptop : onPhone, random);
            }
            devices.sync();
            assertThat(ids(phone)).as("seed %s", seed).isEqualTo(ids(laptop));
            assertThat(longestKey(laptop)).isLessThanOrEqualTo(FractionalIndex.MAX_LENGTH);
        }
    }

    private void moveAtRandom(Items items, Random random) {
        Database database = items == onLaptop ? laptop : phone;
        List<UUID> order = new ArrayList<>(ids(database));
        int many = 1 + random.nextInt(2);
        List<UUID> moved = new ArrayList<>();
        for (int index = 0; index < many; index++) {
            moved.add(order.remove(random.nextInt(order.size())));
        }
        // Near the same place most of the time, so that keys become long.
        int place = random.nextInt(4) == 0 ? random.nextInt(order.size() + 1) : 3;
        move(items, moved, place == 0 ? null : order.get(place - 1), place == order.size() ? null : order.get(place));
        order.addAll(place, moved);
        assertThat(ids(database)).isEqualTo(order);
    }
}
