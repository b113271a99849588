package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices create a list of one name while apart, and one joins them. */
class DuplicateListsTest {
    @TempDir
    private Path folder;

    private TwoDevices devices;
    private UUID here;
    private UUID there;
    private UUID moved;

    @BeforeEach
    void createTwice() {
        devices = new TwoDevices(folder);
        here = new Lists(devices.laptop()).add("Garden");
        there = new Lists(devices.phone()).add("garden");
        new Items(devices.laptop()).add(NewItem.todo("Prune the roses").inList(here));
        moved = new Items(devices.phone()).add(NewItem.todo("Buy seeds").inList(there));
        UUID trashed = new Items(devices.phone()).add(NewItem.todo("Old pots").inList(there));
        new Items(devices.phone()).trash(trashed);
        devices.sync();
    }

    @AfterEach
    void close() {
        devices.close();
    }

    private static List<String> lists(Database database) {
        return database.list(SidebarQueries.lists()).stream()
                .map(ItemList::name)
                .toList();
    }

    private static long items(Database database, UUID list) {
        return database.one(Query.of("SELECT x'' AS id, count(*) AS number FROM item WHERE list_id = ?", list)
                .map(row -> row.integer("number")));
    }

    private static DuplicateLists only(Database database) {
        List<DuplicateLists> all = DuplicateLists.all(database);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void bothDevicesFindTheSameOldestList() {
        assertThat(only(devices.laptop())).isEqualTo(only(devices.phone()));
        DuplicateLists lists = only(devices.laptop());
        assertThat(lists.oldest().id()).isEqualTo(here);
        assertThat(lists.moved()).isEqualTo(2);
        assertThat(lists.devices(devices.laptop().replicaNames())).hasSize(2).startsWith("laptop");
    }

    @Test
    void joiningMovesAllItemsToTheOldestListOnAllDevicesAndIsOneUndoStep() {
        new Lists(devices.phone()).setColor(there, "green");
        devices.sync();
        UndoStack stack = new UndoStack(devices.laptop(), InstantSource.system());
        only(devices.laptop()).join(stack);
        devices.sync();
        assertThat(lists(devices.phone())).containsExactly("Garden");
        assertThat(items(devices.phone(), here)).isEqualTo(3);
        assertThat(devices.phone().list(SidebarQueries.lists()).getFirst().color())
                .isEqualTo("green");
        assertThat(DuplicateLists.all(devices.phone())).isEmpty();

        assertThat(Objects.requireNonNull(stack.undo()).whole()).isTrue();
        devices.sync();
        assertThat(lists(devices.phone())).containsExactlyInAnyOrder("Garden", "garden");
        assertThat(items(devices.phone(), here)).isEqualTo(1);
        assertThat(items(devices.phone(), there)).isEqualTo(2);
    }

    @Test
    void joiningOnBothDevicesAtOnceKeepsAllItemsInOneList() {
        only(devices.laptop()).join(TransactionRunner.of(devices.laptop()));
        only(devices.phone()).join(TransactionRunner.of(devices.phone()));
        devices.sync();
        assertThat(lists(devices.phone())).containsExactly("Garden");
        assertThat(items(devices.laptop(), here)).isEqualTo(3);
        assertThat(devices.laptop().conflicts()).isEmpty();
    }

    @Test
    void trashingAnItemWhileItsListIsJoinedIsNoConflict() {
        only(devices.laptop()).join(TransactionRunner.of(devices.laptop()));
        new Items(devices.phone()).trash(moved);
        devices.sync();
        assertThat(devices.laptop().conflicts()).isEmpty();
        assertThat(devices.laptop().one(ItemQueries.item(moved)).trashed()).isTrue();
    }

    @Test
    void listsThatOneDeviceNamedAlikeAreNotOfferedButCanBeJoined() {
        UUID first = new Lists(devices.laptop()).add("Books");
        new Lists(devices.laptop()).add("Books");
        assertThat(only(devices.laptop()).oldest().id()).isEqualTo(here);
        DuplicateLists books = DuplicateLists.of(devices.laptop(), "BOOKS");
        assertThat(books.oldest().id()).isEqualTo(first);
        assertThatThrownBy(() -> DuplicateLists.of(devices.laptop(), "Work")).isInstanceOf(ProblemException.class);
    }

    @Test
    void joiningIntoAListThatWasDeletedMeanwhileChangesNothing() {
        DuplicateLists lists = only(devices.laptop());
        new Lists(devices.laptop()).delete(here);
        assertThatThrownBy(() -> lists.join(TransactionRunner.of(devices.laptop())))
                .isInstanceOf(ProblemException.class);
        assertThat(items(devices.laptop(), there)).isEqualTo(2);
    }
}
