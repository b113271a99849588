package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.shell.MainModelFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The open item and its saved fields, without a window. */
@ExtendWith(KeptLanguage.class)
class DetailViewModelTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    private UUID open(NewItem item) {
        UUID id = app.items().add(item);
        show(id);
        return id;
    }

    private void show(UUID id) {
        app.list().selectedProperty().set(id);
        app.await(
                "the item is open",
                () -> app.detail().formProperty().get() != null && form().id().equals(id));
    }

    private ItemForm form() {
        return Objects.requireNonNull(app.detail().formProperty().get());
    }

    @Test
    void theTitleFollowsAChangeOfACommand() {
        UUID id = open(NewItem.todo("From elsewhere"));
        app.items().setTitle(id, "Renamed");
        app.await("the title follows", () -> form().title().textProperty().get().equals("Renamed"));
        app.awaitRows("Renamed");
    }

    @Test
    void aTypedTitleIsSavedAfterAPauseAndUndone() {
        UUID id = open(NewItem.todo("Buy milk"));
        form().title().type("Buy oats");
        assertThat(app.item(id).title()).isEqualTo("Buy milk");
        app.pass(PAUSE);
        assertThat(app.item(id).title()).isEqualTo("Buy oats");
        app.undo();
        assertThat(app.item(id).title()).isEqualTo("Buy milk");
        app.redo();
        assertThat(app.item(id).title()).isEqualTo("Buy oats");
        assertThat(app.toast()).isEqualTo("Redone: editing the title");
    }

    @Test
    void undoSavesTypedTextFirst() {
        UUID id = open(NewItem.todo("Buy milk"));
        form().title().type("Buy oats");
        app.undo();
        assertThat(app.item(id).title()).isEqualTo("Buy milk");
        app.redo();
        assertThat(app.item(id).title()).isEqualTo("Buy oats");
    }

    @Test
    void theUndoOfAFieldIsNoStepOfItsOwn() {
        app.list().commands().addLines("Buy milk");
        app.awaitRows("Buy milk");
        UUID id = app.list().rows().getFirst().id();
        show(id);
        form().title().type("Buy milk!");
        app.pass(PAUSE);
        app.await("the list shows it", () -> app.titles().equals(List.of("Buy milk!")));
        app.detail().applyFieldUndo(() -> form().title().type("Buy milk"));
        app.awaitRows("Buy milk");
        app.undo();
        app.awaitRows();
    }

    @Test
    void textTypedJustBeforeTheWindowClosesIsSaved() {
        UUID id = open(NewItem.note("Letter"));
        form().body().type("Dear Ada");
        app.close();
        app = MainModelFixture.in(folder);
        assertThat(app.item(id).body()).isEqualTo("Dear Ada");
    }

    @Test
    void aTodoBecomesANoteAndKeepsTheRest() {
        UUID id = open(NewItem.todo("Call mum").withPriority(Priority.HIGH).withDue(new Due(MainModelFixture.TODAY)));
        app.detail().setKind(Kind.NOTE);
        assertThat(app.item(id).kind()).isEqualTo(Kind.NOTE);
        app.detail().setKind(Kind.TODO);
        assertThat(app.item(id).kind()).isEqualTo(Kind.TODO);
        assertThat(app.item(id).priority()).isEqualTo(Priority.HIGH);
        assertThat(app.item(id).due()).isEqualTo(new Due(MainModelFixture.TODAY));
    }

    @Test
    void priorityTagsDateAndReminderAreEachOneUndoStep() {
        UUID id = open(NewItem.todo("Call mum"));
        app.detail().setPriority(Priority.HIGH);
        app.detail().tag("home");
        app.detail().tag("family");
        app.detail().untag("home");
        app.detail().setDue(new Due(MainModelFixture.TODAY));
        app.detail().setReminder(MainModelFixture.TODAY.atTime(8, 0));
        assertThat(app.item(id).priority()).isEqualTo(Priority.HIGH);
        assertThat(app.item(id).tags()).containsExactly("family");
        assertThat(Objects.requireNonNull(app.item(id).reminder()).at()).isEqualTo(MainModelFixture.TODAY.atTime(8, 0));
        app.undo();
        assertThat(app.item(id).reminder()).isNull();
        app.undo();
        assertThat(app.item(id).due()).isNull();
        app.undo();
        assertThat(app.item(id).tags()).containsExactly("family", "home");
    }

    @Test
    void aPreviewCheckboxIsAnUndoStepOfItsOwn() {
        String body = "Buy:\n\n1. [x] milk\n2. [ ] oats\n";
        UUID id = open(NewItem.note("Shop").withBody(body));
        app.detail().check(body.indexOf("[ ]"), true);
        assertThat(app.item(id).body()).isEqualTo("Buy:\n\n1. [x] milk\n2. [x] oats\n");
        app.await("the text is shown", () -> form().body().textProperty().get().contains("[x] oats"));
        app.detail().check(body.indexOf("[x]"), false);
        assertThat(app.item(id).body()).isEqualTo("Buy:\n\n1. [ ] milk\n2. [x] oats\n");
        app.undo();
        assertThat(app.item(id).body()).isEqualTo("Buy:\n\n1. [x] milk\n2. [x] oats\n");
        app.undo();
        assertThat(app.item(id).body()).isEqualTo(body);
    }

    @Test
    void tagsAreOfferedMostUsedFirst() {
        app.items().add(NewItem.todo("One").withTags(List.of("food", "family")));
        app.items().add(NewItem.todo("Two").withTags(List.of("family")));
        List<String> offered = new ArrayList<>();
        app.detail().lookUpTags(offered::addAll);
        assertThat(offered).containsExactly("family", "food");
    }
}
