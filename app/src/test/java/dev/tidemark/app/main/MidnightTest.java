package dev.tidemark.app.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.detail.AttachmentDesk;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.ManualDelays;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.engine.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that is open while one day becomes the next. */
class MidnightTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @TempDir
    Path folder;

    private ZonedDateTime now = DAY.atTime(23, 59).atZone(ZoneOffset.UTC);

    @Test
    void todayAndUpcomingInTheSidebarAreThoseOfTheNewDay() {
        ManualDelays delays = new ManualDelays();
        Background same = Background.on(Runnable::run, Runnable::run);
        List<ItemView> opened = new ArrayList<>();
        Screen.onScreen(() -> {
            try (Database database = Database.open(folder.resolve("t.db"), LibrarySchema.SCHEMA);
                    MainViewModel model = new MainViewModel(
                            database,
                            Runnable::run,
                            same,
                            delays,
                            () -> now,
                            same,
                            new AttachmentDesk((blob, progress) -> {}, folder, address -> {}),
                            (heading, line) -> {},
                            ViewArrangements.forgotten())) {
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
