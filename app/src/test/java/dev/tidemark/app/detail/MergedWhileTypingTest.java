package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.MergedTexts;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.TwoDevices;
import dev.tidemark.app.shell.MainModelFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another device edits the text of the open item while the user types. */
class MergedWhileTypingTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String TEXT = "Milk and bread.\nCall Bob today.";
    private static final String BOTH = "Milk and butter.\nCall Bob on Friday.";

    @TempDir
    private Path folder;

    private TwoDevices devices;
    private MainModelFixture app;
    private UUID item;

    @BeforeEach
    void open() {
        devices = new TwoDevices(folder);
        app = MainModelFixture.on(devices.laptop(), folder);
        item = new Items(devices.laptop()).add(NewItem.note("Trip").withBody(TEXT));
        devices.sync();
        app.model().conflicts().pulled();
        app.list().selectedProperty().set(item);
        app.await("the item is open", () -> app.detail().formProperty().get() != null);
    }

    @AfterEach
    void close() {
        app.close();
        devices.close();
    }

    private ItemForm form() {
        return Objects.requireNonNull(app.detail().formProperty().get());
    }

    private void awaitText(String text) {
        app.await(
                "the text is " + text, () -> form().body().textProperty().get().equals(text));
    }

    private void phoneEdits() {
        String old = devices.phone().one(ItemQueries.item(item)).body();
        new Items(devices.phone()).setBody(item, old.replace("today", "on Friday"));
    }

    @Test
    void whatThePhoneChangedArrivesInTheTextBeingTyped() {
        form().body().type(TEXT.replace("bread", "butter"));
        phoneEdits();
        devices.sync();
        app.model().conflicts().pulled();
        assertThat(form().body().textProperty().get()).doesNotContain("Friday");
        app.pass(PAUSE);
        awaitText(BOTH);
        app.await("the notice", () -> !form().mergedWithProperty().get().isEmpty());
        assertThat(form().losingVersionsProperty().get()).isEmpty();
        assertThat(app.conflicts().groupsProperty().get()).isEmpty();
        devices.sync();
        MergedTexts.refresh(devices.phone());
        assertThat(devices.phone().one(ItemQueries.item(item)).body()).isEqualTo(BOTH);
    }

    @Test
    void typingGoesOnInTheMergedTextAndUndoReturnsToIt() {
        form().body().type(TEXT.replace("bread", "butter"));
        app.pass(PAUSE);
        phoneEdits();
        devices.sync();
        app.model().conflicts().pulled();
        awaitText(BOTH);
        form().body().type(BOTH + "\nPack.");
        app.pass(PAUSE);
        app.await("no notice", () -> form().mergedWithProperty().get().isEmpty());
        devices.sync();
        assertThat(devices.phone().conflicts()).isEmpty();
        assertThat(app.item(item).body()).isEqualTo(BOTH + "\nPack.");
        app.undo();
        awaitText(BOTH);
    }

    @Test
    void aTextThatIsTypedWhileTheMergeIsStillToBeComputedLosesNothing() {
        form().body().type(TEXT.replace("bread", "butter"));
        app.pass(PAUSE);
        phoneEdits();
        // The changes are applied, but the list of conflicts was not read again.
        devices.sync();
        form().body().type(form().body().textProperty().get() + "\nPack.");
        app.pass(PAUSE);
        app.model().conflicts().pulled();
        awaitText(BOTH + "\nPack.");
    }
}
