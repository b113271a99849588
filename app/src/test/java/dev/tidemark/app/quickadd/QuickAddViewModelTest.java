package dev.tidemark.app.quickadd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.TransactionRunner;
import dev.tidemark.app.shell.MainModelFixture;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the quick-add window become todos, without a window. */
@ExtendWith(KeptLanguage.class)
class QuickAddViewModelTest {
    @TempDir
    private Path folder;

    private Database database;
    private QuickAddViewModel model;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
        SerialTaskRunner same = SerialTaskRunner.on(Runnable::run, Runnable::run);
        model = new QuickAddViewModel(
                database,
                TransactionRunner.of(database),
                same,
                () -> LocalDate.of(2026, 11, 22).atTime(12, 0).atZone(ZoneOffset.UTC),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void add(String line, String... literal) {
        model.add(model.lines().parse(line, Set.of(literal)), () -> {
            throw new AssertionError("Refused: " + line);
        });
    }

    private List<Item> items() {
        return database.list(ItemQueries.items(null, false, false));
    }

    @Test
    void theRecognisedPartsOfALineAreSetAndTheRestIsTheTitle() {
        add("call mum 2027-01-02 17:00 #family !high /Home please");
        assertThat(items()).singleElement().satisfies(item -> {
            assertThat(item.title()).isEqualTo("call mum please");
            assertThat(String.valueOf(item.due())).isEqualTo("2027-01-02T17:00");
            assertThat(item.tags()).containsExactly("family");
            assertThat(item.priority()).isEqualTo(Priority.HIGH);
            assertThat(item.list()).isEqualTo("Home");
        });
        assertThat(model.outcomeProperty().get())
                .isEqualTo(new QuickAddViewModel.Outcome("Added: call mum please", false));
    }

    @Test
    void aRefusedPartStaysInTheTitle() {
        add("Watch Friday night #films", "Friday");
        assertThat(items()).singleElement().satisfies(item -> {
            assertThat(item.title()).isEqualTo("Watch Friday night");
            assertThat(item.due()).isNull();
            assertThat(item.tags()).containsExactly("films");
        });
    }

    @Test
    void aNewListIsKnownToTheNextLine() {
        add("One /Home");
        assertThat(model.listsProperty().get()).containsExactly("Home");
        assertThat(model.lines().hasList("home")).isTrue();
        add("Two /home");
        assertThat(items()).extracting(Item::list).containsOnly("Home");
        assertThat(model.listsProperty().get()).hasSize(1);
    }

    @Test
    void anEmptyLineAddsNothing() {
        add("");
        assertThat(items()).isEmpty();
        assertThat(model.outcomeProperty().get().sentence()).isEmpty();
    }

    @Test
    void pastedLinesAreItemsWithoutParsedDates() {
        model.addLines("- Eggs tomorrow\n- Flour\n");
        assertThat(items()).extracting(Item::title).containsExactlyInAnyOrder("Eggs tomorrow", "Flour");
        assertThat(items()).extracting(Item::due).containsOnlyNulls();
        assertThat(model.outcomeProperty().get().sentence()).isEqualTo("2 items added");
    }

    @Test
    void theMainWindowSetsThePartsOfALineAndCreatesItsList() {
        try (MainModelFixture app = MainModelFixture.in(folder)) {
            QuickAddTarget target = app.list().commands();
            target.add(
                    target.lines().parse("Watch Friday night tomorrow 23:59 #films !low /Fun", Set.of("Friday")),
                    () -> false);
            app.await("the new list is there", () -> app.sidebar().listNames().contains("Fun"));
            Item item =
                    app.database().list(ItemQueries.items(null, false, false)).getFirst();
            assertThat(item.title()).isEqualTo("Watch Friday night");
            assertThat(String.valueOf(item.due())).isEqualTo(MainModelFixture.TODAY.plusDays(1) + "T23:59");
            assertThat(item.tags()).containsExactly("films");
            assertThat(item.priority()).isEqualTo(Priority.LOW);
            assertThat(item.list()).isEqualTo("Fun");
        }
    }
}
