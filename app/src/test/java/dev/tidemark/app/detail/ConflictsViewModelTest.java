package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.SidebarQueries;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.shell.MainModelFixture;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.history.Conflict;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The conflicts page of a laptop without a window, while a phone writes. */
@ExtendWith(KeptLanguage.class)
class ConflictsViewModelTest {
    private static final String HERE = "Eight people. Lasagne for the main course.";
    private static final String THERE = "Nine people. Risotto for the main course.";

    @TempDir
    private Path folder;

    private TwoDevices devices;
    private MainModelFixture app;
    private UUID item;
    private UUID purged;

    /** Both devices change a list's name, a title and a text; one edits an item that the other purges. */
    @BeforeEach
    void diverge() {
        devices = new TwoDevices(folder);
        MergedTexts.setOn(devices.laptop(), false);
        app = MainModelFixture.on(devices.laptop(), folder);
        Items here = new Items(devices.laptop());
        Items there = new Items(devices.phone());
        UUID list = new Lists(devices.laptop()).add("Home");
        item = here.add(NewItem.todo("Plan the dinner").withBody("Eight people. Risotto for the main course."));
        purged = here.add(NewItem.todo("Return the drill"));
        devices.sync();
        there.setTitle(item, "Plan the dinner at Rosa's");
        there.setBody(item, THERE);
        new Lists(devices.phone()).rename(list, "House");
        there.setTitle(purged, "Return the drill to Jonas");
        here.setTitle(item, "Plan Rosa's dinner");
        here.setBody(item, HERE);
        new Lists(devices.laptop()).rename(list, "Flat");
        here.purge(purged);
        sync();
    }

    @AfterEach
    void close() {
        app.close();
        devices.close();
    }

    private void sync() {
        devices.sync();
        app.model().conflicts().pulled();
    }

    private List<String> groups() {
        return app.conflicts().groupsProperty().get().stream()
                .map(ConflictGroup::title)
                .toList();
    }

    private LosingVersion lost(UUID row, String column) {
        return app.conflicts().groupsProperty().get().stream()
                .filter(group -> group.row().equals(row))
                .flatMap(group -> group.losing().stream())
                .filter(lost -> lost.conflict().column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private LosingVersion ofList() {
        return app.conflicts().groupsProperty().get().stream()
                .filter(group -> !group.isItem())
                .flatMap(group -> group.losing().stream())
                .findFirst()
                .orElseThrow();
    }

    private String list(Database database) {
        return database.list(SidebarQueries.lists()).getFirst().name();
    }

    @Test
    void conflictsAreGroupedByRowAndOrderedByTitle() {
        assertThat(groups()).hasSize(3).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(app.list().hasConflict(item)).isFalse();
        app.list()
                .setConflicted(
                        app.model().conflicts().currentProperty().get().all().keySet());
        assertThat(app.list().hasConflict(item)).isTrue();
    }

    @Test
    void eachChoiceIsNamedAndCanBeUndone() {
        String winner = list(devices.laptop());
        app.conflicts().useLosingVersion(ofList());
        assertThat(app.toast()).isEqualTo("Other version restored");
        assertThat(list(devices.laptop())).isNotEqualTo(winner);
        app.undoByToast();
        assertThat(list(devices.laptop())).isEqualTo(winner);

        String title = app.item(item).title();
        app.conflicts().keepWinner(lost(item, "title"));
        assertThat(app.toast()).isEqualTo("Current version kept");
        app.undoByToast();
        assertThat(app.toast()).isEqualTo("Undone: the other version applies now");
        assertThat(app.item(item).title()).isNotEqualTo(title);

        String body = app.item(item).body();
        app.conflicts().merge(lost(item, "body"), "Nine people. Lasagne.");
        assertThat(app.toast()).isEqualTo("Versions merged");
        assertThat(app.item(item).body()).isEqualTo("Nine people. Lasagne.");
        app.undoByToast();
        assertThat(app.item(item).body()).isEqualTo(body);
    }

    @Test
    void aConflictResolvedHereIsGoneOnTheOtherDevice() {
        app.conflicts().useLosingVersion(ofList());
        assertThat(groups()).hasSize(2);
        app.conflicts().keepWinner(lost(item, "title"));
        app.conflicts().merge(lost(item, "body"), "Nine people. Lasagne.");
        assertThat(groups()).hasSize(1);
        app.conflicts().useLosingVersion(lost(purged, Conflict.ROW));
        assertThat(app.conflicts().groupsProperty().get()).isEmpty();
        assertThat(app.item(purged).title()).startsWith("Return the drill");
        sync();
        assertThat(devices.phone().conflicts()).isEmpty();
    }

    @Test
    void aMergeIsWrittenAlthoughTheOtherDeviceResolvedTheConflictMeanwhile() {
        LosingVersion body = lost(item, "body");
        new Items(devices.phone()).setTitle(item, "Settled on the phone");
        new Items(devices.phone()).setBody(item, "Settled");
        sync();
        assertThat(app.item(item))
                .extracting(Item::title, Item::body)
                .containsExactly("Settled on the phone", "Settled");
        app.conflicts().merge(body, "Mine");
        assertThat(app.item(item).body()).isEqualTo("Mine");
    }

    @Test
    void aChoiceSavesTypedTextFirst() {
        app.list().selectedProperty().set(item);
        app.await("the item is open", () -> app.detail().formProperty().get() != null);
        Objects.requireNonNull(app.detail().formProperty().get()).title().type("Dinner");
        app.conflicts().merge(lost(item, "body"), "Nine people. Lasagne.");
        assertThat(app.item(item))
                .extracting(Item::title, Item::body)
                .containsExactly("Dinner", "Nine people. Lasagne.");
    }

    private List<LosingVersion> all() {
        return app.conflicts().groupsProperty().get().stream()
                .flatMap(group -> group.losing().stream())
                .toList();
    }

    @Test
    void allConflictsAreResolvedAtOnceWithOneUndo() {
        String winner = list(devices.laptop());
        assertThat(all()).hasSize(4);
        app.conflicts().resolveAll(all(), false);
        assertThat(app.toast()).isEqualTo("4 other versions restored");
        assertThat(app.conflicts().groupsProperty().get()).isEmpty();
        assertThat(list(devices.laptop())).isNotEqualTo(winner);
        app.undoByToast();
        assertThat(list(devices.laptop())).isEqualTo(winner);
        sync();
        assertThat(devices.phone().conflicts()).isEmpty();
    }

    @Test
    void keepingAllCurrentVersionsChangesNoValue() {
        Item before = app.item(item);
        app.conflicts().resolveAll(all(), true);
        assertThat(app.toast()).isEqualTo("4 current versions kept");
        assertThat(app.item(item)).isEqualTo(before);
        assertThat(app.conflicts().groupsProperty().get()).isEmpty();
    }

    @Test
    void listsOfOneNameOfTwoDevicesAreJoinedWithOneUndo() {
        new Lists(devices.laptop()).add("Garden");
        UUID other = new Lists(devices.phone()).add("garden");
        UUID seeds = new Items(devices.phone()).add(NewItem.todo("Buy seeds").inList(other));
        sync();
        DuplicateListEntry entry = app.conflicts().duplicatesProperty().get().getFirst();
        assertThat(entry.devices()).hasSize(2).startsWith("this device");
        assertThat(app.model().conflicts().currentProperty().get().number()).isEqualTo(4);
        app.conflicts().join(entry);
        assertThat(app.toast()).isEqualTo("Lists joined: 1 item moved");
        assertThat(app.item(seeds).list()).isEqualTo("Garden");
        assertThat(app.conflicts().duplicatesProperty().get()).isEmpty();
        app.undoByToast();
        assertThat(app.item(seeds).list()).isEqualTo("garden");
        app.model().conflicts().refresh();
        assertThat(app.conflicts().duplicatesProperty().get())
                .as("undoing is a decision to have both")
                .isEmpty();
    }
}
