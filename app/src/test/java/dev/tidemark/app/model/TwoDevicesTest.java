package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.blob.BlobId;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two devices change the same data while they are apart. */
class TwoDevicesTest {
    @TempDir
    private Path folder;

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

    private void sync() {
        devices.sync();
    }

    private UUID milkOnBoth() {
        UUID milk = onLaptop.add(NewItem.todo("Buy milk"));
        sync();
        return milk;
    }

    private static Item item(Database database, UUID id) {
        return database.list(ItemQueries.item(id)).getFirst();
    }

    @Test
    void anEditAfterAConcurrentTrashTakesTheItemOutAndIsAConflict() {
        UUID milk = milkOnBoth();
        onLaptop.trash(milk);
        onPhone.setTitle(milk, "Buy oat milk");
        sync();
        assertThat(item(laptop, milk).trashed()).isFalse();
        assertThat(item(laptop, milk).title()).isEqualTo("Buy oat milk");
        assertThat(ConflictLine.all(laptop)).singleElement().satisfies(line -> {
            assertThat(line.id()).isEqualTo(milk);
            assertThat(line.field()).isEqualTo("*");
            assertThat(line.winner().value()).isEqualTo("edited");
            assertThat(line.winner().replica()).isEqualTo(phone.replica());
            assertThat(line.loser().value()).isEqualTo("deleted");
        });
    }

    @Test
    void aTrashAfterAConcurrentEditWinsAndIsAConflict() {
        UUID milk = milkOnBoth();
        onPhone.setBody(milk, "From the farm");
        onLaptop.trash(milk);
        sync();
        assertThat(item(phone, milk).trashed()).isTrue();
        assertThat(item(phone, milk).body()).isEqualTo("From the farm");
        assertThat(ConflictLine.all(phone)).singleElement().satisfies(line -> {
            assertThat(line.field()).isEqualTo("*");
            assertThat(line.winner().value()).isEqualTo("deleted");
        });
        onPhone.restore(milk);
        sync();
        assertThat(item(laptop, milk).trashed()).isFalse();
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void everyKindOfEditConflictsWithATrash() {
        UUID[] items = new UUID[6];
        for (int index = 0; index < items.length; index++) {
            items[index] = onLaptop.add(NewItem.todo("Item " + index).withTags(List.of("old")));
        }
        UUID list = new Lists(laptop).add("Home");
        sync();
        for (UUID item : items) {
            onLaptop.trash(item);
        }
        onPhone.setDone(items[0], true);
        onPhone.setDue(items[1], Due.parse("2026-12-31"));
        onPhone.setList(items[2], list);
        onPhone.tag(items[3], "new");
        onPhone.untag(items[4], "old");
        onPhone.setKind(items[5], Kind.NOTE);
        sync();
        assertThat(ConflictLine.all(laptop))
                .hasSize(items.length)
                .allMatch(line -> line.field().equals("*"));
    }

    @Test
    void savingWhatIsThereAlreadyIsNoEdit() {
        UUID milk = milkOnBoth();
        onLaptop.trash(milk);
        assertThat(onPhone.setTitle(milk, "Buy milk")).isFalse();
        assertThat(onPhone.setDone(milk, false)).isFalse();
        assertThat(onPhone.untag(milk, "absent")).isFalse();
        sync();
        assertThat(item(phone, milk).trashed()).isTrue();
        assertThat(ConflictLine.all(phone)).isEmpty();
    }

    @Test
    void theSameFieldHasOneWinnerAndDifferentFieldsMerge() {
        UUID milk = milkOnBoth();
        onLaptop.setTitle(milk, "Buy oat milk");
        onLaptop.setBody(milk, "Two bottles");
        onPhone.setTitle(milk, "Buy soy milk");
        onPhone.setDue(milk, Due.parse("2026-12-31T17:00"));
        sync();
        Item merged = item(laptop, milk);
        assertThat(merged.title()).isEqualTo("Buy soy milk");
        assertThat(merged.body()).isEqualTo("Two bottles");
        assertThat(merged.due()).isEqualTo(Due.parse("2026-12-31T17:00"));
        assertThat(ConflictLine.all(laptop)).singleElement().satisfies(line -> {
            assertThat(line.field()).isEqualTo("title");
            assertThat(line.winner().value()).isEqualTo("Buy soy milk");
            assertThat(line.loser().value()).isEqualTo("Buy oat milk");
        });
    }

    @Test
    void aDateAndARepeatThatWereChangedAtOnceAreNeverMixed() {
        Due before = new Due(LocalDate.of(2026, 12, 1), LocalTime.of(17, 0), Repeat.daily(1));
        Due moved = new Due(LocalDate.of(2026, 12, 5), LocalTime.of(9, 0), Repeat.daily(1));
        Due weekly = before.repeating(Repeat.weekly(1, Set.of(DayOfWeek.TUESDAY)));
        UUID milk = onLaptop.add(NewItem.todo("Buy milk").withDue(before));
        sync();
        onLaptop.setDue(milk, moved);
        onPhone.setDue(milk, weekly);
        sync();
        assertThat(item(laptop, milk).due()).isEqualTo(weekly);
        assertThat(item(phone, milk).due()).isEqualTo(weekly);
        assertThat(ConflictLine.all(laptop)).singleElement().satisfies(line -> {
            assertThat(line.field()).isEqualTo("due");
            assertThat(line.loser().value()).isEqualTo(moved.stored());
        });
    }

    @Test
    void tagsAddedAtOnceAllSurviveAndTheSameTagIsOneRow() {
        UUID milk = milkOnBoth();
        onLaptop.tag(milk, "errands");
        onLaptop.tag(milk, "home");
        onPhone.tag(milk, "#errands");
        onPhone.tag(milk, "cheap");
        sync();
        assertThat(item(laptop, milk).tags()).containsExactly("cheap", "errands", "home");
        assertThat(laptop.list(Query.of("SELECT id FROM tag"))).hasSize(3);
        assertThat(ConflictLine.all(laptop)).isEmpty();
    }

    @Test
    void aListMadeOnBothUnderOneNameIsOneList() {
        onLaptop.inTransaction(writer -> writer.add(NewItem.todo("Buy milk").inList(writer.list("Home"))));
        onPhone.inTransaction(writer -> writer.add(NewItem.todo("Mow the lawn").inList(writer.list("Home"))));
        sync();
        assertThat(laptop.list(SidebarQueries.lists())).singleElement().satisfies(list -> {
            assertThat(list.name()).isEqualTo("Home");
            assertThat(list.open()).isEqualTo(2);
        });
        assertThat(laptop.conflicts()).isEmpty();
    }

    @Test
    void aListThatIsGoneLeavesItsItemsInTheInbox() {
        UUID home = new Lists(laptop).add("Home");
        sync();
        UUID milk = onPhone.add(NewItem.todo("Buy milk").inList(home));
        new Lists(laptop).delete(home);
        sync();
        assertThat(laptop.hiddenRows()).isEmpty();
        assertThat(item(laptop, milk).list()).isNull();
        assertThat(laptop.list(ItemQueries.rows(new ItemSource.Inbox(), true)))
                .extracting(ItemRow::id)
                .containsExactly(milk);
    }

    @Test
    void aPurgeTakesTheTagsAlong() {
        UUID milk = onLaptop.add(NewItem.todo("Buy milk").withTags(List.of("a", "b")));
        sync();
        onPhone.purge(milk);
        sync();
        assertThat(laptop.list(ItemQueries.item(milk))).isEmpty();
        assertThat(laptop.list(Query.of("SELECT id FROM tag"))).isEmpty();
        assertThat(laptop.hiddenRows()).isEmpty();
    }

    /** The contents of attachments are not here: only their rows matter. */
    private UUID withTagsAndAttachment() {
        UUID milk = onLaptop.add(NewItem.todo("Buy milk").withTags(List.of("a", "b")));
        onLaptop.inTransaction(writer -> writer.attach(milk, "list.pdf", BlobId.of(new byte[32]), 10));
        sync();
        return milk;
    }

    private void assertWhole(UUID milk) {
        for (Database device : List.of(laptop, phone)) {
            assertThat(item(device, milk).tags()).containsExactly("a", "b");
            assertThat(device.list(Attachment.of(milk)))
                    .extracting(Attachment::name)
                    .containsExactly("list.pdf");
        }
    }

    @Test
    void anEditThatWinsOverAPurgeBringsTheItemBackWithItsTagsAndAttachments() {
        UUID milk = withTagsAndAttachment();
        onLaptop.purge(milk);
        onPhone.setTitle(milk, "Buy oat milk");
        sync();
        ReinsertedItems.complete(phone);
        sync();
        assertWhole(milk);
        assertThat(ConflictLine.all(laptop))
                .singleElement()
                .satisfies(line -> assertThat(line.field()).isEqualTo("*"));
    }

    @Test
    void bothDevicesMayCompleteAnItemThatCameBackAndNeitherUndoesWhatAPersonTookAwaySince() {
        UUID milk = withTagsAndAttachment();
        onLaptop.purge(milk);
        onPhone.setTitle(milk, "Buy oat milk");
        sync();
        ReinsertedItems.complete(phone);
        ReinsertedItems.complete(laptop);
        sync();
        assertWhole(milk);
        assertThat(ConflictLine.all(laptop)).hasSize(1);
        onPhone.untag(milk, "b");
        sync();
        ReinsertedItems.complete(phone);
        ReinsertedItems.complete(laptop);
        sync();
        assertThat(item(laptop, milk).tags()).containsExactly("a");
    }

    @Test
    void whatWasTakenAwayBeforeAPurgeStaysAway() {
        UUID milk = withTagsAndAttachment();
        onLaptop.untag(milk, "b");
        onLaptop.purge(milk);
        onPhone.setTitle(milk, "Buy oat milk");
        sync();
        ReinsertedItems.complete(phone);
        sync();
        assertThat(item(laptop, milk).tags()).containsExactly("a");
    }

    @Test
    void nobodyIsAskedAboutTheTagOfAnItemThatIsDeleted() {
        UUID milk = withTagsAndAttachment();
        onLaptop.untag(milk, "a");
        onLaptop.tag(milk, "a");
        onPhone.untag(milk, "a");
        sync();
        assertThat(ConflictLine.resolvable(laptop)).hasSize(1);
        onLaptop.purge(milk);
        assertThat(ConflictLine.resolvable(laptop)).isEmpty();
    }

    @Test
    void aFormThatWasFilledBeforeAChangeArrivedHasNotSeenIt() {
        UUID milk = milkOnBoth();
        var opened = laptop.changelog().vector();
        onPhone.setTitle(milk, "Buy soy milk");
        sync();
        onLaptop.withContext(opened).setTitle(milk, "Buy oat milk");
        sync();
        assertThat(item(phone, milk).title()).isEqualTo("Buy oat milk");
        assertThat(ConflictLine.all(phone)).singleElement().satisfies(line -> {
            assertThat(line.field()).isEqualTo("title");
            assertThat(line.loser().value()).isEqualTo("Buy soy milk");
        });
    }

    @Test
    void itIsKnownWhoChangedAnItemLast() {
        UUID milk = milkOnBoth();
        onPhone.tag(milk, "errands");
        sync();
        ItemDetails details = ItemDetails.of(phone, List.of(item(phone, milk))).getFirst();
        assertThat(details.changedBy()).isEqualTo("phone");
        assertThat(details.changedAt()).isNotNull();
    }
}
