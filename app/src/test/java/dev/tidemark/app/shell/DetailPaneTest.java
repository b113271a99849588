package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Item;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Kind;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.Priority;
import dev.tidemark.app.settings.CloseBehavior;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An item's date, repeat rule, reminder, priority, tags and files are set in the real window. */
@ExtendWith(KeptLanguage.class)
class DetailPaneTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    @TempDir
    Path profile;

    private static UUID open(OpenWindow open, String title) {
        UUID id = new Items(open.composition().database()).add(NewItem.todo(title));
        Screen screen = open.screen();
        screen.await("the item is there", () -> screen.rows().contains(title));
        screen.select(title);
        screen.await("it is open", () -> screen.text("detail-title").equals(title));
        return id;
    }

    private static Item item(OpenWindow open, UUID id) {
        return open.composition().database().list(ItemQueries.item(id)).getFirst();
    }

    private static void await(OpenWindow open, UUID id, String what, Predicate<Item> condition) {
        open.screen().await(what, () -> condition.test(item(open, id)));
    }

    @Test
    void aTodoBecomesANoteAndATodoAgain() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID id = open(open, "Call mum");
        Screen screen = open.screen();
        screen.click("detail-more");
        screen.click("detail-kind");
        await(open, id, "it is a note", item -> item.kind() == Kind.NOTE);
        screen.await("it has no circle", () -> !screen.shows("detail-done"));
        screen.click("detail-more");
        screen.click("detail-kind");
        await(open, id, "it is a todo again", item -> item.kind() == Kind.TODO);
    }

    @Proof
    @Test
    void aDuplicateHasTheTextThatWasJustTyped() throws Exception {
        OpenWindow open = WINDOW.open();
        open(open, "Pack");
        Screen screen = open.screen();
        screen.retype("detail-title", "Pack for Porto");
        screen.press(KeyCode.CONTROL, KeyCode.D);
        screen.await("there are two", () -> screen.rows().equals(List.of("Pack for Porto", "Pack for Porto")));
        screen.click("detail-more");
        screen.click("detail-duplicate");
        screen.await("there are three", () -> screen.rows().size() == 3);
    }

    @Proof
    @Test
    void anItemInTheTrashCannotBeDuplicated() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID id = open(open, "Old plan");
        Screen screen = open.screen();
        new Items(open.composition().database()).trash(id);
        screen.click("view-trash");
        screen.await("it is in the trash", () -> screen.rows().contains("Old plan"));
        screen.select("Old plan");
        screen.await("it is open", () -> screen.text("detail-title").equals("Old plan"));
        screen.click("detail-more");
        screen.await("the menu is open", () -> screen.shows("detail-print"));
        assertThat(screen.shows("detail-duplicate")).isFalse();
        screen.press(KeyCode.ESCAPE);
    }

    @Proof
    @Test
    void aDueDateIsTypedAsAPhrase() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID id = open(open, "Call mum");
        Screen screen = open.screen();
        screen.click("detail-due");
        screen.type("tomorrow 5pm every week");
        screen.await(
                "it is understood", () -> screen.text("due-typed-understood").contains("Every week"));
        screen.press(KeyCode.ENTER);
        LocalDate tomorrow = LocalDate.now(ZoneId.systemDefault()).plusDays(1);
        await(open, id, "it is due", item -> String.valueOf(item.due()).equals(tomorrow + "T17:00"));
        screen.await("it says so", () -> screen.text("detail-due").startsWith("Tomorrow"));
        assertThat(screen.text("detail-repeat")).startsWith("Every week");
        screen.click("detail-due");
        screen.type("nonsense");
        screen.press(KeyCode.ENTER);
        assertThat(screen.shows("due-typed")).isTrue();
        screen.press(KeyCode.ESCAPE);
        screen.await("it is closed", () -> !screen.shows("due-typed"));
        screen.click("detail-due");
        screen.click("due-clear");
        await(open, id, "it is never due", item -> item.due() == null);
    }

    @Proof
    @Test
    void aRepeatRuleIsChosenOrComposed() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID id = open(open, "Water the plants");
        Screen screen = open.screen();
        screen.click("detail-repeat");
        screen.click("repeat-preset-1");
        await(open, id, "on weekdays", item -> rule(item).equals("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"));
        screen.await("it is shown", () -> !screen.text("detail-repeat").equals("Repeat"));
        screen.click("detail-repeat");
        screen.click("repeat-unit-days");
        screen.retype("repeat-interval", "3");
        screen.click("repeat-after");
        screen.await("it says so", () -> screen.text("repeat-said").equals("Every 3 days after completion"));
        screen.click("repeat-take");
        await(open, id, "three days after", item -> rule(item).equals("AFTER FREQ=DAILY;INTERVAL=3"));
        screen.await("it is shown", () -> screen.text("detail-repeat").equals("Every 3 days after completion"));
        screen.click("detail-repeat");
        screen.click("repeat-clear");
        await(open, id, "it does not repeat", item -> rule(item).equals("none"));
    }

    private static String rule(Item item) {
        return item.due() == null || item.due().repeat() == null
                ? "none"
                : item.due().repeat().toString();
    }

    @Proof
    @Test
    void priorityTagsAndReminderAreSetByKeyboard() throws Exception {
        OpenWindow open = WINDOW.open();
        new Items(open.composition().database())
                .add(NewItem.todo("Something else").withTags(List.of("family")));
        UUID id = open(open, "Call mum");
        Screen screen = open.screen();
        screen.click("detail-priority");
        screen.press(KeyCode.SPACE);
        await(open, id, "nothing has changed", item -> item.priority() == Priority.NONE);
        screen.click("detail-priority");
        screen.click("priority-high");
        await(open, id, "it matters", item -> item.priority() == Priority.HIGH);
        screen.click("detail-tag-add");
        screen.type("home");
        screen.press(KeyCode.ENTER);
        await(open, id, "it has a tag", item -> item.tags().equals(List.of("home")));
        screen.type("fam");
        screen.press(KeyCode.DOWN);
        screen.press(KeyCode.ENTER);
        await(open, id, "the known tag was taken", item -> item.tags().equals(List.of("family", "home")));
        screen.await("both are shown", () -> screen.shows("detail-tag-remove"));
        screen.click("detail-tag-remove");
        await(open, id, "one is gone", item -> item.tags().size() == 1);
        screen.click("detail-reminder");
        screen.type("tomorrow 8am");
        screen.press(KeyCode.ENTER);
        LocalDateTime eight = LocalDate.now(ZoneId.systemDefault()).plusDays(1).atTime(8, 0);
        await(
                open,
                id,
                "it reminds",
                item -> item.reminder() != null && item.reminder().at().equals(eight));
    }

    @Proof
    @Test
    void aReminderShowsTheHiddenWindowIfTheSystemCannotNotify() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen screen = open.screen();
            open.composition().set(Setting.WINDOW_CLOSE, "background");
            screen.await(
                    "the window knows that it only hides",
                    () -> open.window().preferences().settingsProperty().get().get(Setting.WINDOW_CLOSE)
                            == CloseBehavior.BACKGROUND);
            open.muteSystem();
            Screen.onScreen(() -> {
                open.window().stage().hide();
                return true;
            });
            Items items = new Items(open.composition().database());
            items.add(NewItem.todo("Call mum")
                    .withReminder(LocalDateTime.now(ZoneId.systemDefault()).minusMinutes(1)));
            screen.await("the window is back", () -> open.window().stage().isShowing());
            screen.await("and shows it", () -> screen.shows("reminder-dismiss"));
            assertThat(open.notified()).containsExactly("Call mum");
            screen.press(KeyCode.SPACE);
            screen.press(KeyCode.DELETE);
            screen.await("no key that meant something else has done anything", () -> screen.shows("reminder-dismiss"));
            assertThat(screen.rows()).containsExactly("Call mum");
            Screen.onScreen(() -> {
                open.window().quit();
                return true;
            });
        }
    }

    @Proof
    @Test
    void anAttachmentIsOpenedRemovedAndRestored() throws Exception {
        OpenWindow open = WINDOW.open();
        UUID id = open(open, "Plan the trip");
        Path file = Files.write(profile.resolve("tickets.pdf"), new byte[1_234_567]);
        Screen.onScreen(() -> {
            open.window().model().attachments().add(List.of(file));
            return true;
        });
        Screen screen = open.screen();
        screen.await("it is shown", () -> screen.shows("attachment-open"));
        assertThat(screen.text("attachment-open")).isEqualTo("tickets.pdf");
        assertThat(screen.text("attachment-size")).isEqualTo("1.2 MB");
        Node row = focusable("attachment-open");
        screen.click("attachment-open");
        screen.await("it is opened", () -> open.opened().size() == 1);
        assertThat(focusable("attachment-open")).isSameAs(row);
        assertThat(Screen.onScreen(row::isFocused)).isTrue();
        assertThat(Path.of(open.opened().getFirst())).hasSameBinaryContentAs(file);
        screen.click("attachment-remove");
        screen.await("it is gone", () -> !screen.shows("attachment-open"));
        screen.click("toast-undo");
        screen.await("it is back", () -> screen.shows("attachment-open"));
        assertThat(item(open, id).title()).isEqualTo("Plan the trip");
    }

    private static Node focusable(String id) {
        return Screen.onScreen(
                () -> Screen.visible(node -> id.equals(node.getId())).getFirst());
    }
}
