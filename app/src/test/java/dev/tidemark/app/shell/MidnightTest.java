package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.detail.AttachmentsViewModel;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.ManualScheduler;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.list.DragGesture;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.list.ViewStateMemory;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.PurgeStatus;
import dev.tidemark.app.sidebar.SidebarView;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.api.FxToolkit;

/** A window that is open at midnight. */
class MidnightTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @TempDir
    Path folder;

    private ZonedDateTime now = DAY.atTime(23, 59).atZone(ZoneOffset.UTC);
    private final ManualScheduler delays = new ManualScheduler();
    /** Results wait here for the test's thread, as they wait for the JavaFX thread in the program. */
    private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private MainViewModel window(Database database) {
        SerialTaskRunner same = SerialTaskRunner.on(Runnable::run, Runnable::run);
        return new MainViewModel(
                database,
                new MainViewModel.Threads(results::add, same, same, delays, () -> now),
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

    private void deliver() {
        for (Runnable next = results.poll(); next != null; next = results.poll()) {
            next.run();
        }
    }

    static Stream<ItemSource> viewsOfADay() {
        return Stream.of(
                new ItemSource.Today(DAY),
                new ItemSource.Upcoming(DAY),
                new ItemSource.SearchResults("milk", DAY, null));
    }

    @ParameterizedTest
    @MethodSource("viewsOfADay")
    void theOpenItemStaysOpen(ItemSource view) {
        try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
                MainViewModel model = window(database)) {
            UUID milk = new Items(database).add(NewItem.todo("Buy milk").withDue(new Due(DAY)));
            model.start(view, ViewStateMemory.ViewState.NONE);
            model.list().selectedProperty().set(milk);
            now = now.plusMinutes(1);
            delays.pass(Duration.ofMinutes(1));
            deliver();
            assertThat(model.list().viewProperty().get()).isNotEqualTo(view);
            assertThat(model.list().selectedProperty().get()).isEqualTo(milk);
        }
    }

    @ParameterizedTest
    @MethodSource("viewsOfADay")
    void whatIsSelectedBeforeTheRowsOfTheNewDayAreThereStaysSelected(ItemSource view) {
        try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA)) {
            Items items = new Items(database);
            UUID milk = items.add(NewItem.todo("Buy milk").withDue(new Due(DAY)));
            UUID oats = items.add(NewItem.todo("Buy oat milk").withDue(new Due(DAY)));
            try (MainViewModel model = window(database)) {
                model.start(view, ViewStateMemory.ViewState.NONE);
                model.list().selectedProperty().set(milk);
                ViewStateMemory visits = model.list().viewStates();
                visits.keepPosition(view, milk);
                model.list().selectedProperty().set(oats);
                visits.restoreWhenLoaded(model.list());
                assertThat(model.list().selectedProperty().get()).isEqualTo(oats);
            }
        }
    }

    @Test
    void todayAndUpcomingInTheSidebarAreThoseOfTheNewDay() {
        List<ItemSource> opened = new ArrayList<>();
        Screen.onScreen(() -> {
            try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
                    MainViewModel model = window(database)) {
                model.start(new ItemSource.Inbox(), ViewStateMemory.ViewState.NONE);
                SidebarView sidebar = new SidebarView(
                        model.sidebar(),
                        model.dayProperty(),
                        new DragGesture(),
                        opened::add,
                        (ids, view) -> {},
                        new Pane());
                new Scene(sidebar);
                sidebar.applyCss();
                now = now.plusMinutes(1);
                delays.pass(Duration.ofMinutes(1));
                for (String line : List.of("view-today", "view-upcoming")) {
                    ((ToggleButton) sidebar.lookup("#" + line)).fire();
                }
            }
            return true;
        });
        LocalDate next = DAY.plusDays(1);
        assertThat(opened).containsExactly(new ItemSource.Today(next), new ItemSource.Upcoming(next));
    }
}
