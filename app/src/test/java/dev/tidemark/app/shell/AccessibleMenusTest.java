package dev.tidemark.app.shell;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every menu item has a name. */
@Proof
class AccessibleMenusTest {
    @TempDir
    private Path profile;

    @Test
    void ofTheRowsAndTheList() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            for (String part : List.of("due-none", "priority-high", "move-inbox", "tag-family")) {
                screen.rightClickRow("Plan the birthday dinner");
                walk.look("row", "row-open");
                String menu = part.startsWith("tag") ? "row-tags" : "row-" + part.substring(0, part.indexOf('-'));
                screen.click(menu);
                walk.look(menu, "row-" + part);
                screen.press(KeyCode.ESCAPE);
                screen.press(KeyCode.ESCAPE);
                screen.await("it is closed", () -> !screen.shows("row-open"));
            }
            screen.click("arrange");
            walk.look("arrange", "arrange-kind-any");
            screen.press(KeyCode.ESCAPE);
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void ofTheSidebarWithColoursAndIcons() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            UUID work = open.composition()
                    .database()
                    .read(reader -> Lists.find(reader, "Work"))
                    .orElseThrow();
            screen.rightClick("list-" + work);
            walk.look("list", "menu-rename");
            screen.click("menu-look");
            walk.look("look", "look-colors");
            walk.tabWithin("look", "look-popup");
            screen.press(KeyCode.ESCAPE);
            screen.rightClick("tag-family");
            walk.look("tag", "menu-rename");
            screen.click("menu-rename");
            walk.look("rename", "rename");
            screen.press(KeyCode.ESCAPE);
            screen.click("new-list");
            walk.look("new list", "new-list-name");
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void ofTheItemAndItsReminder() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            screen.click("detail-list");
            walk.look("lists of the item", "detail-list-menu");
            screen.press(KeyCode.ESCAPE);
            new Items(open.composition().database())
                    .add(NewItem.todo("Call the dentist about next week")
                            .withReminder(
                                    LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(3)));
            walk.look("reminder", "reminder-dismiss");
            screen.click("reminder-snooze");
            walk.look("later", "snooze-hour");
            screen.press(KeyCode.ESCAPE);
            walk.assertNothingIsMissing();
        }
    }
}
