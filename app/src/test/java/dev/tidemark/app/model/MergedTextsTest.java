package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.SyncEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedTextsTest {
    private static final String TEXT = "Milk and bread.\nCall Bob today.\nPack the tent.";

    @TempDir
    private Path folder;

    private TwoDevices devices;
    private Database laptop;
    private Database phone;
    private UUID item;

    @BeforeEach
    void writeAnItem() {
        devices = new TwoDevices(folder);
        laptop = devices.laptop();
        phone = devices.phone();
        item = new Items(laptop).add(NewItem.note("Trip").withBody(TEXT));
        sync();
    }

    @AfterEach
    void close() {
        devices.close();
    }

    private void sync() {
        devices.sync();
        MergedTexts.refresh(laptop);
        MergedTexts.refresh(phone);
    }

    private static String shown(Database database, UUID item) {
        return database.one(ItemQueries.item(item)).body();
    }

    private void replace(Database database, String old, String text) {
        new Items(database).setBody(item, shown(database, item).replace(old, text));
    }

    private void editDifferentPassages() {
        replace(laptop, "Milk", "Oat milk");
        replace(phone, "today", "on Friday");
        sync();
    }

    @Test
    void editsOfDifferentPassagesAreShownTogetherOnBothDevicesWithoutAConflict() {
        editDifferentPassages();
        String both = "Oat milk and bread.\nCall Bob on Friday.\nPack the tent.";
        assertThat(shown(laptop, item)).isEqualTo(both);
        assertThat(shown(phone, item)).isEqualTo(both);
        assertThat(ConflictLine.all(laptop)).isEmpty();
        assertThat(ConflictLine.merged(laptop)).hasSize(1);
        assertThat(laptop.history("item", item).versions()).hasSize(3);
    }

    @Test
    void showingAMergedTextWritesNoChange() {
        replace(laptop, "Milk", "Oat milk");
        replace(phone, "today", "on Friday");
        devices.sync();
        VersionVector before = laptop.changelog().vector();
        MergedTexts.refresh(laptop);
        MergedTexts.refresh(phone);
        assertThat(laptop.changelog().vector()).isEqualTo(before);
        assertThat(phone.changelog().vector()).isEqualTo(before);
    }

    @Test
    void editsOfOnePassageStayAConflict() {
        replace(laptop, "Milk", "Oat milk");
        replace(phone, "Milk", "Soy milk");
        sync();
        assertThat(ConflictLine.all(laptop)).hasSize(1);
        assertThat(shown(laptop, item)).isEqualTo(shown(phone, item)).contains("Soy milk");
    }

    @Test
    void theNextEditCoversBothVersionsAndReachesTheOtherDevice() {
        editDifferentPassages();
        replace(laptop, "tent", "tents");
        sync();
        assertThat(shown(phone, item)).isEqualTo("Oat milk and bread.\nCall Bob on Friday.\nPack the tents.");
        assertThat(phone.conflicts()).isEmpty();
    }

    @Test
    void editsOfAMergedTextOnBothDevicesMergeAgain() {
        editDifferentPassages();
        replace(laptop, "tent", "tents");
        replace(phone, "Oat", "Soy");
        sync();
        String all = "Soy milk and bread.\nCall Bob on Friday.\nPack the tents.";
        assertThat(shown(laptop, item)).isEqualTo(all);
        assertThat(shown(phone, item)).isEqualTo(all);
        assertThat(ConflictLine.all(phone)).isEmpty();
    }

    @Test
    void takingTheOtherPassageOutAgainStays() {
        editDifferentPassages();
        replace(phone, "Oat milk", "Milk");
        assertThat(shown(phone, item)).isEqualTo("Milk and bread.\nCall Bob on Friday.\nPack the tent.");
        sync();
        assertThat(shown(laptop, item)).isEqualTo(shown(phone, item)).startsWith("Milk and");
        assertThat(laptop.conflicts()).isEmpty();
    }

    @Test
    void searchFindsTheWordsOfBothVersions() {
        editDifferentPassages();
        for (Database database : List.of(laptop, phone)) {
            for (String word : List.of("oat", "friday")) {
                Search search = Search.parse(word, LocalDate.of(2026, 11, 21));
                assertThat(database.list(ItemQueries.found(search, null, true, false)))
                        .as(word)
                        .hasSize(1);
            }
        }
        new Items(laptop).setTitle(item, "Holiday");
        assertThat(laptop.list(ItemQueries.found(
                        Search.parse("friday holiday oat", LocalDate.of(2026, 11, 21)), null, true, false)))
                .hasSize(1);
    }

    @Test
    void aChangeOfAnotherFieldElsewhereKeepsTheMergedText() {
        editDifferentPassages();
        new Items(phone).setTitle(item, "Holiday");
        sync();
        assertThat(shown(laptop, item)).contains("Oat milk", "Friday");
    }

    @Test
    void turnedOffTheLaterVersionIsShownWithAConflictAndNothingDiverges() {
        editDifferentPassages();
        MergedTexts.setOn(laptop, false);
        assertThat(shown(laptop, item)).isEqualTo("Milk and bread.\nCall Bob on Friday.\nPack the tent.");
        assertThat(ConflictLine.all(laptop)).hasSize(1);
        replace(phone, "tent", "tents");
        devices.sync();
        MergedTexts.refresh(laptop);
        assertThat(shown(laptop, item)).isEqualTo("Oat milk and bread.\nCall Bob on Friday.\nPack the tents.");
        assertThat(laptop.conflicts()).isEmpty();
        MergedTexts.setOn(laptop, true);
        assertThat(laptop.dump()).isEqualTo(phone.dump());
    }

    @Test
    void withoutTheAncestorTheLaterVersionIsShownWithAConflict() {
        laptop.maintenance().exclude(phone.replica());
        laptop.maintenance().truncateLog(laptop.maintenance().safeWatermark());
        replace(laptop, "Milk", "Oat milk");
        replace(phone, "today", "on Friday");
        SyncEngine.sync(laptop.changelog(), phone.changelog());
        MergedTexts.refresh(laptop);
        assertThat(laptop.changelog().floor().isEmpty()).isFalse();
        assertThat(shown(laptop, item)).isEqualTo("Milk and bread.\nCall Bob on Friday.\nPack the tent.");
        assertThat(ConflictLine.all(laptop)).hasSize(1);
    }

    @Test
    void undoingAnEditOfAMergedTextShowsTheMergedTextAgain() {
        editDifferentPassages();
        String both = shown(laptop, item);
        UndoStack stack = new UndoStack(laptop, () -> Instant.EPOCH);
        new Items(stack).setBody(item, both.replace("tent", "tents"));
        stack.undo();
        assertThat(shown(laptop, item)).isEqualTo(both);
        stack.redo();
        assertThat(shown(laptop, item)).isEqualTo(both.replace("tent", "tents"));
    }

    @Test
    void undoingWhatWasTypedBeforeTheMergeKeepsTheOtherDevicesPassage() {
        UndoStack stack = new UndoStack(phone, () -> Instant.EPOCH);
        new Items(stack).setBody(item, TEXT.replace("today", "on Friday"));
        replace(laptop, "Milk", "Oat milk");
        sync();
        stack.undo();
        assertThat(shown(phone, item)).isEqualTo(TEXT.replace("Milk", "Oat milk"));
        sync();
        assertThat(shown(laptop, item)).isEqualTo(TEXT.replace("Milk", "Oat milk"));
        assertThat(laptop.conflicts()).isEmpty();
    }

    @Test
    void undoingTheRemovalOfTheOtherPassageBringsItBack() {
        editDifferentPassages();
        String both = shown(phone, item);
        UndoStack stack = new UndoStack(phone, () -> Instant.EPOCH);
        new Items(stack).setBody(item, both.replace("Oat milk", "Milk"));
        stack.undo();
        assertThat(shown(phone, item)).isEqualTo(both);
    }
}
