package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lists, tags and saved searches of the sidebar on two devices. */
class ListsAndTagsTest {
    @TempDir
    Path folder;

    private TwoDevices devices;
    private Database laptop;
    private Database phone;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        laptop = devices.laptop();
        phone = devices.phone();
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

    private static List<String> labels(Database database) {
        return database.list(SidebarQueries.tags()).stream().map(Tag::name).toList();
    }

    private static List<String> searches(Database database) {
        return database.list(SidebarQueries.searches()).stream()
                .map(SavedSearch::name)
                .toList();
    }

    @Test
    void aNewListStandsAtTheFootOnBothAndAnyCanBeMoved() {
        Lists onLaptop = new Lists(laptop);
        UUID a = onLaptop.add("z first");
        UUID b = onLaptop.add("m second");
        UUID c = onLaptop.add("a third");
        assertThat(lists(laptop)).containsExactly("z first", "m second", "a third");
        onLaptop.move(c, null, a);
        onLaptop.move(a, b, null);
        assertThat(lists(laptop)).containsExactly("a third", "m second", "z first");
        devices.sync();
        assertThat(lists(phone)).isEqualTo(lists(laptop));
    }

    @Test
    void listsMadeAndMovedOnBothAtOnceStandInOneOrder() {
        Lists onLaptop = new Lists(laptop);
        Lists onPhone = new Lists(phone);
        UUID a = onLaptop.add("a");
        UUID b = onLaptop.add("b");
        UUID c = onLaptop.add("c");
        devices.sync();
        UUID mine = onLaptop.add("x laptop");
        UUID theirs = onPhone.add("x phone");
        onLaptop.move(c, null, a);
        onPhone.move(c, a, b);
        devices.sync();
        assertThat(lists(phone)).isEqualTo(lists(laptop)).containsExactly("a", "c", "b", "x laptop", "x phone");
        // Both stand at one key; what comes between them makes room.
        onPhone.move(a, mine, theirs);
        devices.sync();
        assertThat(lists(laptop)).containsExactly("c", "b", "x laptop", "a", "x phone");
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void aListOfOneNameMadeOnBothStaysOneWithoutAConflict() {
        new Lists(laptop).add("Other");
        new Lists(laptop).add("Home");
        new Lists(phone).add("Home");
        devices.sync();
        assertThat(lists(laptop)).containsExactlyInAnyOrder("Other", "Home");
        assertThat(lists(phone)).isEqualTo(lists(laptop));
        assertThat(ConflictLine.all(phone)).isEmpty();
    }

    @Test
    void aDeletedListComesBackWithItsItemsWhateverTheOtherDevicePutIntoIt() {
        UUID home = new Lists(laptop).add("Home");
        new Lists(laptop).setColor(home, "blue");
        new Lists(laptop).setIcon(home, "fth-home");
        UUID milk = new Items(laptop).add(NewItem.todo("milk").inList(home));
        devices.sync();
        UndoStack undo = new UndoStack(laptop, InstantSource.system());
        new Lists(undo).delete(home);
        UUID bread = new Items(phone).add(NewItem.todo("bread").inList(home));
        devices.sync();
        for (Database database : List.of(laptop, phone)) {
            assertThat(lists(database)).isEmpty();
            assertThat(database.list(ItemQueries.rows(new ItemSource.Inbox(), false)))
                    .extracting(ItemRow::id)
                    .containsExactlyInAnyOrder(milk, bread);
            assertThat(database.hiddenRows()).isEmpty();
        }
        undo.undo();
        devices.sync();
        for (Database database : List.of(laptop, phone)) {
            assertThat(database.list(SidebarQueries.lists()))
                    .containsExactly(new ItemList(home, "Home", "blue", "fth-home", 2));
        }
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void aTagIsThereWhileAnItemHasItOrThePersonKeepsIt() {
        Items items = new Items(laptop);
        UUID milk = items.add(NewItem.todo("milk").withTags(List.of("shop", "Anna")));
        assertThat(labels(laptop)).containsExactly("Anna", "shop");
        assertThat(new Tags(laptop).add("#later")).isEqualTo("later");
        items.setDone(milk, true);
        assertThat(laptop.list(SidebarQueries.tags()))
                .allSatisfy(label -> assertThat(label.open()).isZero());
        items.untag(milk, "shop");
        assertThat(labels(laptop)).containsExactly("Anna", "later");
        assertThatThrownBy(() -> new Tags(laptop).add(" # ")).isInstanceOf(ProblemException.class);
    }

    @Test
    void tagsKeepTheirPlacesWhenTheyAreColouredAndMoved() {
        new Items(laptop).add(NewItem.todo("x").withTags(List.of("a", "b", "c", "d")));
        Tags labels = new Tags(laptop);
        labels.setColor("c", "red");
        assertThat(labels(laptop)).containsExactly("a", "b", "c", "d");
        labels.move("d", "a", "b");
        assertThat(labels(laptop)).containsExactly("a", "d", "b", "c");
        devices.sync();
        new Tags(phone).move("a", "c", null);
        new Tags(laptop).setIcon("a", "fth-star");
        devices.sync();
        assertThat(labels(laptop)).isEqualTo(labels(phone)).containsExactly("d", "b", "c", "a");
        assertThat(laptop.list(SidebarQueries.tags()))
                .last()
                .satisfies(label -> assertThat(label.icon()).isEqualTo("fth-star"));
    }

    @Test
    void aRenamedTagKeepsItsLooksAndItsPlaceAndOneThatIsThereTakesTheItems() {
        Items items = new Items(laptop);
        items.add(NewItem.todo("x").withTags(List.of("a", "b", "c")));
        UUID both = items.add(NewItem.todo("y").withTags(List.of("a", "c")));
        Tags labels = new Tags(laptop);
        labels.setColor("b", "red");
        assertThat(labels.rename("b", "#beta")).isEqualTo("beta");
        assertThat(labels(laptop)).containsExactly("a", "beta", "c");
        assertThat(laptop.list(SidebarQueries.tags()).get(1).color()).isEqualTo("red");
        labels.rename("a", "c");
        devices.sync();
        assertThat(labels(phone)).containsExactly("beta", "c");
        assertThat(phone.list(ItemQueries.item(both)).getFirst().tags()).containsExactly("c");
    }

    @Test
    void aTagThatIsGivenWhileItIsRenamedElsewhereStays() {
        Items items = new Items(laptop);
        UUID milk = items.add(NewItem.todo("milk").withTags(List.of("shop")));
        UUID bread = items.add(NewItem.todo("bread"));
        devices.sync();
        new Tags(laptop).rename("shop", "market");
        new Items(phone).tag(bread, "shop");
        devices.sync();
        assertThat(labels(laptop)).containsExactly("market", "shop");
        assertThat(laptop.list(ItemQueries.item(milk)).getFirst().tags()).containsExactly("market");
        assertThat(laptop.list(ItemQueries.item(bread)).getFirst().tags()).containsExactly("shop");
    }

    @Test
    void aRemovedTagCanBeGivenBack() {
        Items items = new Items(laptop);
        UUID milk = items.add(NewItem.todo("milk").withTags(List.of("shop", "x")));
        UUID gone = items.add(NewItem.todo("gone").withTags(List.of("shop")));
        Tags labels = new Tags(laptop);
        labels.setColor("shop", "pink");
        UndoStack undo = new UndoStack(laptop, InstantSource.system());
        assertThat(new Tags(undo).remove("shop")).isEqualTo(2);
        assertThat(labels(laptop)).containsExactly("x");
        items.purge(gone);
        undo.undo();
        assertThat(laptop.list(ItemQueries.item(milk)).getFirst().tags()).containsExactly("shop", "x");
        assertThat(laptop.list(SidebarQueries.tags())).anySatisfy(label -> {
            assertThat(label.name()).isEqualTo("shop");
            assertThat(label.color()).isEqualTo("pink");
        });
        devices.sync();
    }

    @Test
    void savedSearchesTravelAndKeepTheirOrder() {
        SavedSearches onLaptop = new SavedSearches(laptop);
        UUID first = onLaptop.add("Shopping", "tag:shop is:open");
        UUID second = onLaptop.add("Soon", "due:week");
        devices.sync();
        SavedSearches onPhone = new SavedSearches(phone);
        onPhone.move(second, null, first);
        onPhone.rename(first, "Shop");
        onPhone.setQuery(first, "tag:shop");
        onPhone.setColor(first, "green");
        onPhone.setIcon(first, "fth-star");
        devices.sync();
        assertThat(searches(laptop)).containsExactly("Soon", "Shop");
        assertThat(laptop.list(SidebarQueries.searches()))
                .last()
                .isEqualTo(new SavedSearch(first, "Shop", "tag:shop", "green", "fth-star"));
        UndoStack undo = new UndoStack(laptop, InstantSource.system());
        new SavedSearches(undo).delete(first);
        assertThatThrownBy(() -> onLaptop.rename(first, "x")).isInstanceOf(ProblemException.class);
        undo.undo();
        assertThat(searches(laptop)).containsExactly("Soon", "Shop");
    }

    private static Map<String, Integer> counted(Database database) {
        return database
                .list(Query.of("SELECT t.name AS id, count(*) FILTER (WHERE i.done = 0) AS open FROM tag t"
                                + " JOIN item i ON i.id = t.item_id WHERE i.trashed = 0 GROUP BY t.name")
                        .map(row -> Map.entry(Objects.requireNonNull(row.text("id")), (int) row.integer("open"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void assertCounted(Database database) {
        assertThat(database.list(SidebarQueries.tags()).stream().collect(Collectors.toMap(Tag::name, Tag::open)))
                .isEqualTo(counted(database));
    }

    @Proof
    @Test
    void theCountsOfTagsFollowWhateverHappensToItemsAndTagsOnTwoDevices() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> names = List.of("red", "green", "blue");
        List<UUID> all = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            Items items = new Items(random.nextBoolean() ? laptop : phone);
            UUID id = all.isEmpty() ? UUID.randomUUID() : all.get(random.nextInt(all.size()));
            String name = names.get(random.nextInt(names.size()));
            try {
                switch (random.nextInt(9)) {
                    case 0, 1 -> all.add(items.add(NewItem.todo("x").withTags(List.of(name))));
                    case 2 -> items.tag(id, name);
                    case 3 -> items.untag(id, name);
                    case 4 -> items.setDone(id, random.nextBoolean());
                    case 5 -> items.trash(id);
                    case 6 -> items.restore(id);
                    case 7 -> items.purge(id);
                    default -> devices.sync();
                }
            } catch (ProblemException unknownHere) {
                // The other device has not sent it yet, or it is gone.
                assertThat(unknownHere.key()).isEqualTo("item.unknown");
            }
            assertCounted(laptop);
            assertCounted(phone);
        }
        devices.sync();
        assertThat(counted(laptop)).isNotEmpty();
        assertCounted(laptop);
        assertCounted(phone);
    }
}
