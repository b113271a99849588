package dev.tidemark.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.detail.AttachmentsViewModel;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.list.ViewStateMemory;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.shell.MainViewModel;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** A sidebar with more lines than fit the window when it opens. */
class SidebarAtStartTest {
    private static final int LISTS = 60;
    private static final double HEIGHT = 400;

    @TempDir
    Path folder;

    private final SerialTaskRunner same = SerialTaskRunner.on(Runnable::run, Runnable::run);

    @BeforeEach
    void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void linesBelowTheFoldComeWhenTheWindowStandsAndTheOpenListIsMarkedThen() throws Exception {
        try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA)) {
            Lists lists = new Lists(database);
            UUID last = null;
            for (int number = 0; number < LISTS; number++) {
                last = lists.add("List " + number);
            }
            new Items(database).add(NewItem.todo("Sweep").withTags(List.of("garden")));
            ItemSource open = new ItemSource.OfList(last);
            MainViewModel model = Screen.onScreen(() -> model(database));
            SidebarView sidebar = Screen.onScreen(() -> {
                SidebarView created = sidebar(model);
                model.start(new ItemSource.Inbox(), ViewStateMemory.ViewState.NONE);
                return created;
            });
            Screen screen = new Screen();
            screen.await(
                    "all lists are known",
                    () -> model.sidebar().listSection().entries().size() == LISTS
                            && model.sidebar().tagSection().entries().size() == 1);

            Screen.onScreen(() -> {
                sidebar.select(open);
                return true;
            });
            assertThat(Screen.onScreen(() -> lines(sidebar, "list-")))
                    .as("lines before the window shows")
                    .isBetween(5, 20);

            Stage stage = FxToolkit.setupFixture(() -> {
                Stage created = new Stage();
                created.setScene(sidebar.getScene());
                created.show();
                return created;
            });
            screen.await("all lines are there", () -> lines(sidebar, "list-") == LISTS && lines(sidebar, "tag-") == 1);
            assertThat(Screen.onScreen(() -> marked(sidebar, open))).isTrue();
            FxToolkit.setupFixture(() -> {
                stage.hide();
                model.close();
                return true;
            });
        }
    }

    private MainViewModel model(Database database) {
        return new MainViewModel(
                database,
                new MainViewModel.Threads(
                        FxExecutor.INSTANCE,
                        same,
                        same,
                        new ManualScheduler(),
                        () -> LocalDate.of(2026, 11, 22).atTime(9, 0).atZone(ZoneOffset.UTC)),
                new MainViewModel.Services(
                        new AttachmentsViewModel.Services(
                                (blob, progress) -> {},
                                same,
                                new OpenedFileCache(folder.resolve("opened")),
                                address -> {}),
                        (heading, line) -> {},
                        reports -> {
                            throw new AssertionError("Nothing is printed");
                        },
                        () -> new PurgeStatus(0, false, Map.of()),
                        () -> {},
                        problem -> {
                            throw new AssertionError(problem);
                        }),
                ViewOptionsStore.inMemory());
    }

    private static SidebarView sidebar(MainViewModel model) {
        SidebarView sidebar = new SidebarView(
                model.sidebar(), model.dayProperty(), new DragGesture(), view -> {}, (ids, view) -> {}, new Pane());
        new Scene(sidebar, 240, HEIGHT);
        sidebar.applyCss();
        return sidebar;
    }

    private static int lines(SidebarView sidebar, String prefix) {
        return Math.toIntExact(sidebar.lookupAll(".sidebar-entry").stream()
                .filter(node -> node.getId().startsWith(prefix))
                .count());
    }

    private static boolean marked(SidebarView sidebar, ItemSource view) {
        return sidebar.lookupAll(".sidebar-entry").stream()
                .anyMatch(node ->
                        node instanceof SidebarEntry entry && entry.view().equals(view) && entry.isSelected());
    }
}
