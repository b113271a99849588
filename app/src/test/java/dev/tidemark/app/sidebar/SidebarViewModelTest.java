package dev.tidemark.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.shell.MainModelFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lists, tags and saved searches of the sidebar, without a window. */
@ExtendWith(KeptLanguage.class)
class SidebarViewModelTest {
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

    private static List<String> names(SidebarSection section) {
        return section.entries().stream().map(SidebarSection.Entry::name).toList();
    }

    private void awaitNames(SidebarSection section, String... names) {
        app.await("the names are " + List.of(names), () -> names(section).equals(List.of(names)));
    }

    private String addList(String name) {
        UUID id = new Lists(app.database()).add(name);
        app.await("the list is there", () -> names(lists()).contains(name));
        return id.toString();
    }

    private SidebarSection lists() {
        return app.sidebar().listSection();
    }

    private SidebarSection tags() {
        return app.sidebar().tagSection();
    }

    @Test
    void aListIsRenamedUnlessTheNameIsBlankOrTheSame() {
        String home = addList("Home");
        List<ItemSource> renamed = new ArrayList<>();
        lists().rename(home, " ", renamed::add);
        lists().rename(home, "Home ", renamed::add);
        assertThat(renamed).isEmpty();
        lists().rename(home, "House", renamed::add);
        awaitNames(lists(), "House");
        assertThat(renamed).containsExactly(new ItemSource.OfList(UUID.fromString(home)));
    }

    @Test
    void aListMovesByOnePlaceAndBesideAnother() {
        addList("Home");
        String work = addList("Work");
        String garden = addList("Garden");
        lists().moveBy(work, false);
        awaitNames(lists(), "Work", "Home", "Garden");
        lists().moveBy(work, false);
        awaitNames(lists(), "Work", "Home", "Garden");
        lists().moveBeside(garden, work, false);
        awaitNames(lists(), "Garden", "Work", "Home");
        lists().moveBeside(garden, work, true);
        awaitNames(lists(), "Work", "Garden", "Home");
        app.undo();
        awaitNames(lists(), "Garden", "Work", "Home");
    }

    @Test
    void aListHasAColourAndAnIcon() {
        String home = addList("Home");
        lists().setColor(home, "pink");
        lists().setIcon(home, "fth-home");
        app.await(
                "both are stored",
                () -> lists().entry(home)
                        .filter(entry -> "pink".equals(entry.color()) && "fth-home".equals(entry.icon()))
                        .isPresent());
    }

    @Test
    void theItemsOfADeletedListMoveToTheInboxUntilTheMessageUndoesIt() {
        addList("Work");
        String home = addList("Home");
        UUID id = UUID.fromString(home);
        UUID sweep = app.items().add(NewItem.todo("Sweep").inList(id));
        lists().moveBy(home, false);
        awaitNames(lists(), "Home", "Work");
        app.show(new ItemSource.OfList(id), "Sweep");
        lists().delete(home, () -> {});
        awaitNames(lists(), "Work");
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Inbox());
        app.awaitRows("Sweep");
        app.undoByToast();
        awaitNames(lists(), "Home", "Work");
        assertThat(app.item(sweep).list()).isEqualTo("Home");
    }

    @Test
    void aListThatAnotherWindowDeletesWhileItIsOpenGivesWayToTheInbox() {
        String home = addList("Home");
        UUID id = UUID.fromString(home);
        app.items().add(NewItem.todo("Sweep").inList(id));
        app.show(new ItemSource.OfList(id), "Sweep");
        new Lists(app.database()).delete(id);
        app.await("the list is gone", () -> lists().entries().isEmpty());
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.Inbox());
        app.awaitRows("Sweep");
        lists().rename(home, "House", view -> {
            throw new AssertionError("Renamed " + view);
        });
    }

    @Test
    void aNewListTakesTheItemsThatAreAddedInItsView() {
        lists().add("Home", app.list()::show);
        app.await("the list is there", () -> names(lists()).equals(List.of("Home")));
        app.list().commands().addLines("Sweep");
        app.awaitRows("Sweep");
        app.show(new ItemSource.Inbox());
        app.show(new ItemSource.All(), "Sweep");
    }

    @Test
    void aNewTagIsGivenToTheItemsThatAreAddedInItsView() {
        UUID bread = app.items().add(NewItem.todo("Bread").withTags(List.of("shop")));
        tags().add("later", app.list()::show);
        app.await("the tag is open", () -> app.list().viewProperty().get().equals(new ItemSource.OfTag("later")));
        app.list().commands().addLines("Think");
        app.awaitRows("Think");
        awaitNames(tags(), "later", "shop");
        app.show(new ItemSource.OfTag("shop"), "Bread");
        tags().rename("shop", "market", app.list()::show);
        awaitNames(tags(), "later", "market");
        assertThat(app.list().viewProperty().get()).isEqualTo(new ItemSource.OfTag("market"));
        app.awaitRows("Bread");
        assertThat(app.item(bread).tags()).containsExactly("market");
    }

    @Test
    void tagsMoveAndOneUndoIsOneMove() {
        app.items().add(NewItem.todo("Sweep").withTags(List.of("a", "b", "c")));
        awaitNames(tags(), "a", "b", "c");
        tags().moveBeside("a", "c", true);
        awaitNames(tags(), "b", "c", "a");
        String home = addList("Home");
        tags().moveBeside("b", home, true);
        app.undo();
        awaitNames(tags(), "a", "b", "c");
    }

    @Test
    void aSavedSearchIsNamedByItsTextAndCanBeRenamed() {
        app.items().add(NewItem.note("Recipe").withBody("Milk and rice"));
        app.items().add(NewItem.todo("Buy milk").withTags(List.of("shop")));
        ItemSource.SearchResults search = new ItemSource.SearchResults("milk -tag:shop", MainModelFixture.TODAY, null);
        app.show(search, "Recipe");
        app.sidebar().save(search, app.list()::show);
        SidebarSection searches = app.sidebar().searchSection();
        awaitNames(searches, "milk -tag:shop");
        ItemSource saved = app.list().viewProperty().get();
        assertThat(app.sidebar().name(saved)).isEqualTo("milk -tag:shop");
        app.awaitRows("Recipe");
        searches.rename(searches.entries().getFirst().key(), "Kitchen", view -> {});
        awaitNames(searches, "Kitchen");
        assertThat(app.sidebar().name(saved)).isEqualTo("Kitchen");
    }
}
