package dev.tidemark.app.shell;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Due;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.model.Repeat;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Creates the items of a typical user. */
final class SampleLibrary {
    private SampleLibrary() {}

    /** A window on them, with one item open. */
    static OpenWindow open(Path profile) throws Exception {
        fill(profile);
        OpenWindow open = OpenWindow.on(profile);
        Screen screen = open.screen();
        screen.await("the rows are there", () -> screen.rows().contains("Plan the birthday dinner"));
        screen.select("Plan the birthday dinner");
        screen.await("it is open", () -> screen.shows("detail-title"));
        return open;
    }

    /** Before a window shows the profile: rows that come and go would move what is clicked on. */
    static void fill(Path profile) {
        try (AppContext composition = AppContext.of(ProfileFolders.below(profile))) {
            fill(composition.database(), LocalDate.now(ZoneId.systemDefault()));
        }
    }

    static UUID fill(Database database, LocalDate today) {
        Lists lists = new Lists(database);
        UUID home = lists.add("Home");
        UUID work = lists.add("Work");
        UUID trip = lists.add("Lisbon trip");
        UUID reading = lists.add("Reading");
        lists.setColor(home, "orange");
        lists.setColor(work, "blue");
        lists.setColor(trip, "purple");
        lists.setColor(reading, "green");
        Items items = new Items(database);
        items.add(NewItem.note("Ideas for the garden wall").withBody("Limestone, lime mortar, no cement."));
        items.add(NewItem.todo("Renew library card"));
        items.add(NewItem.todo("Send Ada the photos from Sunday").withDue(new Due(today.minusDays(2))));
        items.add(NewItem.todo("Book the ferry for the bank holiday weekend before the prices go up again")
                .withDue(new Due(today.plusDays(9)))
                .inList(trip));
        items.add(NewItem.todo("Water the tomatoes")
                .withDue(new Due(today).repeating(Repeat.daily(2)))
                .inList(home));
        items.add(NewItem.note("What Dr Okafor said").withBody("Twice a day, with food."));
        items.add(NewItem.todo("Call the dentist").withDue(new Due(today, LocalTime.of(23, 30))));
        items.add(NewItem.todo("Quarterly figures to Mirjam")
                .withDue(new Due(today.plusDays(1)))
                .inList(work)
                .withTags(List.of("figures"))
                .withPriority(Priority.HIGH)
                .withBody("Ask for the March numbers first."));
        items.add(NewItem.todo("Return the drill to Jonas").inList(home));
        items.add(NewItem.todo("The Overstory, last part").inList(reading));
        items.add(NewItem.todo("Compare rail passes").inList(trip).withDue(new Due(today.plusDays(4))));
        items.add(NewItem.todo("Replace the bicycle chain"));
        UUID done = items.add(NewItem.todo("Pay the electricity bill"));
        items.setDone(done, true);
        items.trash(items.add(NewItem.todo("Old shopping list")));
        UUID dinner = items.add(NewItem.todo("Plan the birthday dinner")
                .withDue(new Due(today.plusDays(3), LocalTime.of(19, 0)))
                .withReminder(today.plusDays(2).atTime(9, 0))
                .withPriority(Priority.MEDIUM)
                .withTags(List.of("family", "food"))
                .withBody("""
                    Eight people, one of them vegetarian, one allergic to nuts.

                    ## To decide
                    - Venue: at home or at Rosa's?
                    - Menu: risotto as the main course
                    - Who brings *dessert*

                    Ask Tom for the long table before **Thursday**.
                    """));
        BlobId menu = database.blobs().add(new ByteArrayInputStream(new byte[48_200]));
        items.inTransaction(writer -> writer.attach(dinner, "Menu of last year.pdf", menu, 48_200));
        return dinner;
    }
}
