package dev.tidemark.app.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The strip of seven days above Today and Upcoming, in the real window. */
@ExtendWith(KeptLanguage.class)
class WeekStripTest {
    @TempDir
    private Path profile;

    private static String described(String id) {
        return Screen.onScreen(() -> Screen.visible(node -> id.equals(node.getId())).stream()
                .findFirst()
                .map(Node::getAccessibleText)
                .orElse(""));
    }

    private static Due due(Database database, UUID id) {
        return database.one(ItemQueries.item(id)).due();
    }

    @Proof
    @Test
    void rowsAreDroppedOnADayAndMovedByKeysAndTheCountsFollow() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Database database = open.composition().database();
            Items items = new Items(database);
            LocalDate today = LocalDate.now(ZoneId.systemDefault());
            Due early = new Due(today, LocalTime.of(23, 30)).repeating(Repeat.daily(1));
            UUID milk = items.add(NewItem.todo("Buy milk").withDue(early));
            items.add(NewItem.todo("Late").withDue(new Due(today.minusDays(3))));
            Screen screen = open.screen();
            assertThat(screen.shows("week")).as("above the Inbox").isFalse();
            screen.click("view-today");
            screen.await("the strip counts", () -> described("week-day-0").endsWith(": 1 item, 1 overdue"));
            screen.dragRow("Buy milk", "week-day-2");
            screen.await("it is due then", () -> due(database, milk).date().equals(today.plusDays(2)));
            assertThat(due(database, milk).time()).isEqualTo(LocalTime.of(23, 30));
            assertThat(due(database, milk).repeat()).isEqualTo(Repeat.daily(1));
            screen.await("the counts follow", () -> described("week-day-2").endsWith(": 1 item"));

            screen.click("view-upcoming");
            screen.await("it is listed", () -> screen.rows().contains("Buy milk"));
            screen.select("Buy milk");
            screen.press(KeyCode.ALT, KeyCode.RIGHT);
            screen.await(
                    "it is due a day later", () -> due(database, milk).date().equals(today.plusDays(3)));
            screen.press(KeyCode.ALT, KeyCode.LEFT);
            screen.await(
                    "it is due a day earlier", () -> due(database, milk).date().equals(today.plusDays(2)));
            screen.press(KeyCode.CONTROL, KeyCode.Z);
            screen.await("it is undone", () -> due(database, milk).date().equals(today.plusDays(3)));
        }
    }

    @Proof
    @Test
    void aDayIsChosenByArrowKeysAndOpensInUpcoming() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            LocalDate today = LocalDate.now(ZoneId.systemDefault());
            for (int number = 0; number < 60; number++) {
                items.add(NewItem.todo("Item " + number).withDue(new Due(today)));
            }
            for (int number = 0; number < 60; number++) {
                items.add(NewItem.todo("Tomorrow " + number).withDue(new Due(today.plusDays(1))));
            }
            Screen screen = open.screen();
            screen.click("view-today");
            screen.await("the strip counts", () -> described("week-day-1").endsWith(": 60 items"));
            Screen.onScreen(() -> {
                Screen.visible(node -> "week-day-0".equals(node.getId()))
                        .getFirst()
                        .requestFocus();
                return true;
            });
            screen.press(KeyCode.RIGHT);
            screen.press(KeyCode.SPACE);
            screen.await(
                    "Upcoming begins with that day",
                    () -> open.window().model().list().viewProperty().get() instanceof ItemSource.Upcoming
                            && screen.rows().getFirst().startsWith("Tomorrow"));
        }
    }
}
