package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.StartView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Undo, the trash, finding and opening items, without a window. */
@ExtendWith(KeptLanguage.class)
class MainViewModelTest {
    @TempDir
    private Path folder;

    private MainModelFixture app;

    @BeforeEach
    void open() {
        app = MainModelFixture.in(folder);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private UUID add(String title) {
        app.list().commands().addLines(title);
        app.await(title + " is in the list", () -> app.titles().contains(title));
        return id(title);
    }

    private UUID id(String title) {
        return app.list().rows().get(app.titles().indexOf(title)).id();
    }

    @Test
    void undoAndRedoNameTheStep() {
        add("Buy milk");
        app.undo();
        app.awaitRows();
        assertThat(app.toast()).isEqualTo("Undone: adding");
        app.redo();
        app.awaitRows("Buy milk");
        assertThat(app.toast()).isEqualTo("Redone: adding");
        app.redo();
        assertThat(app.toast()).isEqualTo("Nothing to redo");
    }

    @Test
    void theMessageAboutADeleteUndoesIt() {
        UUID id = add("Keep me");
        app.list().selectedProperty().set(id);
        app.list().commands().trash(id);
        app.awaitRows();
        assertThat(app.list().selectedProperty().get()).isNull();
        assertThat(app.toast()).isEqualTo("Moved to Trash");
        app.undoByToast();
        app.awaitRows("Keep me");
    }

    @Test
    void addedCompletedDeletedAndRestoredItemsSurviveARestart() {
        UUID rent = add("Pay rent");
        UUID plan = add("Old plan");
        UUID ada = add("Call Ada");
        app.items().setDone(rent, true);
        app.list().commands().trash(plan);
        app.list().commands().trash(ada);
        app.awaitRows();
        app.list().show(new ItemSource.Trash());
        app.await("both are in the trash", () -> app.titles().size() == 2);
        app.list().commands().restore(ada);
        app.awaitRows("Old plan");
        app.close();
        app = MainModelFixture.in(folder);
        app.awaitRows("Call Ada");
        app.show(new ItemSource.Completed(), "Pay rent");
        app.show(new ItemSource.Trash(), "Old plan");
    }

    @Test
    void aFoundItemIsRevealedInAViewThatContainsIt() {
        UUID home = new Lists(app.database()).add("Home");
        UUID sweep = app.items().add(NewItem.todo("Sweep the floor").inList(home));
        UUID milk = app.items().add(NewItem.todo("Buy milk"));
        UUID rent = app.items().add(NewItem.todo("Pay rent"));
        UUID plan = app.items().add(NewItem.todo("Old plan"));
        app.items().setDone(rent, true);
        app.items().trash(plan);
        List<String> found = new ArrayList<>();
        app.model().find("milk", rows -> rows.stream().map(ItemRow::title).forEach(found::add));
        assertThat(found).containsExactly("Buy milk");
        reveal(milk, new ItemSource.Inbox());
        reveal(sweep, new ItemSource.OfList(home));
        reveal(rent, new ItemSource.Completed());
        reveal(plan, new ItemSource.Trash());
    }

    private void reveal(UUID id, ItemSource view) {
        List<UUID> revealed = new ArrayList<>();
        app.model().reveal(id, () -> revealed.add(id));
        assertThat(revealed).containsExactly(id);
        assertThat(app.list().viewProperty().get()).isEqualTo(view);
        assertThat(app.list().selectedProperty().get()).isEqualTo(id);
    }

    @Test
    void theSelectedItemsAreCopiedInTheirOrder() {
        add("One");
        app.list().selectedProperty().set(add("Two"));
        List<String> copied = new ArrayList<>();
        app.model().copy((titles, number) -> copied.add(number + " " + titles));
        assertThat(copied).containsExactly("1 Two");
    }

    @Test
    void theSampleIsOneUndoStep() {
        app.welcome().addSample(MainModelFixture.TODAY);
        app.await("the note is there", () -> app.titles().contains("Start here"));
        app.await("two lists are there", () -> app.sidebar().lists().size() == 2);
        app.undo();
        app.awaitRows();
        app.await("the lists are gone", () -> app.sidebar().lists().isEmpty());
    }

    @Test
    void eachViewRestoresItsSelection() {
        UUID letter = add("Letter");
        app.items().add(NewItem.note("Idea"));
        app.list().selectedProperty().set(letter);
        app.list().show(new ItemSource.Notes());
        app.awaitRows("Idea");
        assertThat(app.list().selectedProperty().get()).isNull();
        UUID idea = id("Idea");
        app.list().selectedProperty().set(idea);
        app.list().show(new ItemSource.Inbox());
        app.await(
                "the letter is open again",
                () -> letter.equals(app.list().selectedProperty().get()));
        app.list().show(new ItemSource.Notes());
        app.await(
                "the note is open again",
                () -> idea.equals(app.list().selectedProperty().get()));
    }

    @Test
    void aRestartShowsTheViewAndTheSelectionOfTheLastRun() {
        UUID errands = new Lists(app.database()).add("Errands");
        UUID errand = app.items().add(NewItem.todo("Errand").inList(errands));
        ItemSource list = new ItemSource.OfList(errands);
        app.show(list, "Errand");
        app.list().selectedProperty().set(errand);
        restart(StartView.LAST);
        app.awaitRows("Errand");
        app.await(
                "it is open again",
                () -> errand.equals(app.list().selectedProperty().get()));
    }

    @Test
    void aRestartShowsTheInboxIfTheListOfTheLastRunIsGone() {
        UUID errands = new Lists(app.database()).add("Errands");
        app.items().add(NewItem.todo("Errand").inList(errands));
        app.show(new ItemSource.OfList(errands), "Errand");
        WindowState.ShownView last = app.model().shown();
        new Lists(app.database()).delete(errands);
        app.close();
        app = MainModelFixture.restarted(folder, StartView.LAST, last);
        app.await("the Inbox is shown", () -> app.list().viewProperty().get().equals(new ItemSource.Inbox()));
        app.awaitRows("Errand");
    }

    @Test
    void aRestartAfterAnUnsavedSearchShowsTheInbox() {
        add("Letter");
        app.items().add(NewItem.note("Idea"));
        app.show(new ItemSource.SearchResults("idea", MainModelFixture.TODAY, null), "Idea");
        restart(StartView.LAST);
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Inbox());
        app.awaitRows("Idea", "Letter");
    }

    @Test
    void theStartViewOfTheSettingsIsShownWhateverTheLastViewWas() {
        add("Letter");
        app.list().show(new ItemSource.Notes());
        restart(StartView.TODAY);
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Today(MainModelFixture.TODAY));
        restart(StartView.INBOX);
        app.awaitRows("Letter");
    }

    private void restart(StartView start) {
        WindowState.ShownView last = app.model().shown();
        app.close();
        app = MainModelFixture.restarted(folder, start, last);
    }
}
