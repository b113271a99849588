package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.HiddenDataFixture;
import dev.tidemark.app.model.HiddenEntry;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.shell.MainModelFixture;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.history.HiddenRow.Reason;
import dev.tidemark.proof.Proof;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The hidden data of the conflicts page and the user's decisions about it, without a window. */
@ExtendWith(KeptLanguage.class)
class HiddenEntriesTest {
    @TempDir
    private Path folder;

    private TwoDevices devices;
    private MainModelFixture app;
    private final UUID gone = UUID.randomUUID();

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        app = MainModelFixture.on(devices.laptop(), folder);
    }

    @AfterEach
    void close() {
        sync();
        app.close();
        devices.close();
    }

    /** Afterwards, both devices hold the same; fails otherwise. */
    private void sync() {
        devices.sync();
        app.model().conflicts().pulled();
    }

    private void edit(String table, UUID row, Map<String, Object> values) {
        HiddenDataFixture.edit(devices.phone(), table, row, Map.copyOf(values));
        sync();
    }

    private HiddenEntryList shown() {
        return app.conflicts().hiddenProperty().get();
    }

    private HiddenEntry only() {
        assertThat(shown().entries()).hasSize(1);
        return shown().entries().getFirst();
    }

    private static List<String> titles(Database database) {
        return database.list(Query.of("SELECT id, title FROM item").map(row -> row.text("title")));
    }

    private static List<String> tags(Database database) {
        return database.list(Query.of("SELECT id, name FROM tag").map(row -> row.text("name")));
    }

    private void expectBoth(String... titles) {
        sync();
        assertThat(titles(devices.laptop())).containsExactly(titles);
        assertThat(titles(devices.phone())).containsExactly(titles);
        assertThat(shown().number()).isZero();
    }

    @Test
    void anItemEditedAfterAllDevicesDeletedItIsRestoredWhole() {
        edit("item", gone, Map.of("title", "Call the plumber", "body", "The tap drips."));
        HiddenEntry entry = only();
        assertThat(entry.reason()).isEqualTo(Reason.TOMBSTONE_COLLECTED);
        assertThat(entry.title()).isEqualTo("Call the plumber");
        assertThat(entry.body()).isEqualTo("The tap drips.");
        assertThat(app.conflicts().reason(entry))
                .startsWith("Edited on ")
                .endsWith(", after all other devices had deleted it for good. Only this edit is left.");
        assertThat(app.model().conflicts().currentProperty().get().number())
                .as("counted in the sidebar")
                .isEqualTo(1);

        app.conflicts().restore(entry);
        assertThat(app.toast()).isEqualTo("Restored");
        expectBoth("Call the plumber");
        assertThat(app.item(gone).kind()).as("a default").isEqualTo(dev.tidemark.app.model.Kind.TODO);
        assertThat(devices.phone().conflicts()).isEmpty();
        app.undoByToast();
        expectBoth();
    }

    @Proof
    @Test
    void aDiscardedItemComesBackWithUndo() {
        edit("item", gone, Map.of("title", "Call the plumber"));
        app.conflicts().discard(only());
        assertThat(app.toast()).isEqualTo("Discarded");
        expectBoth();
        app.undoByToast();
        expectBoth("Call the plumber");
    }

    @Test
    void theDeletedItemOfATagReturnsWithTheTag() {
        orphanTag();
        HiddenEntry entry = only();
        assertThat(entry.title()).isEqualTo("Report");
        assertThat(entry.reason()).isEqualTo(Reason.PARENT);
        assertThat(entry.parts()).extracting(HiddenEntry::name).containsExactly("urgent");
        assertThat(app.conflicts().reason(entry))
                .startsWith("Deleted for good on this device, ")
                .contains(". Added meanwhile on ");
        app.conflicts().restore(entry);
        expectBoth("Report");
        assertThat(tags(devices.phone())).containsExactly("urgent");
    }

    /** The phone tags an item that the laptop deletes for good, and the user confirms the deletion. */
    private void orphanTag() {
        UUID item = new Items(devices.laptop()).add(NewItem.todo("Report"));
        devices.sync();
        new Items(devices.phone()).tag(item, "urgent");
        new Items(devices.laptop()).purge(item);
        sync();
        assertThat(shown().entries())
                .as("the conflict about the item decides first")
                .isEmpty();
        app.conflicts()
                .keepWinner(app.conflicts()
                        .groupsProperty()
                        .get()
                        .getFirst()
                        .losing()
                        .getFirst());
    }

    @Test
    void theTagOfADeletedItemIsDiscardedForGood() {
        orphanTag();
        assertThat(only().isDiscardUndoable()).isFalse();
        app.conflicts().discard(only());
        assertThat(app.toast()).isEqualTo("Discarded");
        expectBoth();
    }

    @Test
    void aTagOfAnItemOfWhichNothingIsLeftGetsANewItem() {
        edit("tag", UUID.randomUUID(), Map.of("item_id", bytes(gone), "name", "urgent"));
        HiddenEntry entry = only();
        assertThat(entry.id()).isEqualTo(gone);
        assertThat(entry.title()).isEmpty();
        assertThat(entry.isRestorable()).isTrue();
        app.conflicts().restore(entry);
        expectBoth("Restored item");
        assertThat(tags(devices.phone())).containsExactly("urgent");
        assertThat(devices.laptop().list(ItemQueries.item(gone))).hasSize(1);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Test
    void aTagWithoutItsItemCanOnlyBeDiscarded() {
        edit("tag", gone, Map.of("name", "urgent"));
        assertThat(only().isRestorable()).isFalse();
        app.conflicts().discard(only());
        expectBoth();
    }

    @Test
    void rowsWithFieldsOfANewerVersionAreOneEntryWithoutAChoice() {
        for (String title : List.of("One", "Two")) {
            UUID item = new Items(devices.laptop()).add(NewItem.todo(title));
            sync();
            edit("item", item, Map.of("mood", "good"));
        }
        assertThat(shown().entries()).isEmpty();
        assertThat(shown().waiting()).isEqualTo(2);
        assertThat(shown().number()).isEqualTo(1);
    }
}
