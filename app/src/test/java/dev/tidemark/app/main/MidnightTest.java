package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.attachment.OpenedCopies;
import dev.tidemark.app.detail.AttachmentDesk;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.ManualDelays;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

/** A window that is open while one day becomes the next. */
class MidnightTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @TempDir
    Path folder;

    private ZonedDateTime now = DAY.atTime(23, 59).atZone(ZoneOffset.UTC);
    private final ManualDelays delays = new ManualDelays();

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private MainViewModel window(Database database) {
        Background same = Background.on(Runnable::run, Runnable::run);
        return new MainViewModel(
                database,
                Runnable::run,
                same,
                delays,
                () -> now,
                same,
                new AttachmentDesk(
                        (blob, progress) -> {}, same, new OpenedCopies(folder.resolve("opened")), address -> {}),
                (heading, line) -> {},
                ViewArrangements.forgotten());
    }

    static Stream<ItemView> viewsOfADay() {
        return Stream.of(new ItemView.Today(DAY), new ItemView.Upcoming(DAY), new ItemView.Found("milk", DAY, null));
    }

    @ParameterizedTest
    @MethodSource("viewsOfADay")
    void theOpenItemStaysOpen(ItemView view) {
        try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
                MainViewModel model = window(database)) {
            UUID milk = new Items(database).add(NewItem.todo("Buy milk").withDue(new Due(DAY)));
            model.start(view, Visits.Visit.NONE);
            model.list().selectedProperty().set(milk);
            now = now.plusMinutes(1);
            delays.pass(Duration.ofMinutes(1));
            assertThat(model.list().viewProperty().get()).isNotEqualTo(view);
            assertThat(model.list().selectedProperty().get()).isEqualTo(milk);
        }
    }

    @ParameterizedTest
    @MethodSource("viewsOfADay")
    void whatIsSelectedBeforeTheRowsOfTheNewDayAreThereStaysSelected(ItemView view) {
        try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA)) {
            Items items = new Items(database);
            UUID milk = items.add(NewItem.todo("Buy milk").withDue(new Due(DAY)));
            UUID oats = items.add(NewItem.todo("Buy oat milk").withDue(new Due(DAY)));
            try (MainViewModel model = window(database)) {
                model.start(view, Visits.Visit.NONE);
                model.list().selectedProperty().set(milk);
                Visits visits = model.list().visits();
                visits.stay(view, milk);
                model.list().selectedProperty().set(oats);
                visits.arrived(model.list());
                assertThat(model.list().selectedProperty().get()).isEqualTo(oats);
            }
        }
    }

    @Test
    void todayAndUpcomingInTheSidebarAreThoseOfTheNewDay() {
        List<ItemView> opened = new ArrayList<>();
        Screen.onScreen(() -> {
            try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
                    MainViewModel model = window(database)) {
                model.start(new ItemView.Inbox(), Visits.Visit.NONE);
                SidebarView sidebar = new SidebarView(
                        model.sidebar(),
                        model.dayProperty(),
                        new Dragging(),
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
        assertThat(opened).containsExactly(new ItemView.Today(next), new ItemView.Upcoming(next));
    }
}
