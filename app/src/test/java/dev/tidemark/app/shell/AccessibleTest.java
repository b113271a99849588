package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.Controls;
import dev.tidemark.proof.Proof;
import dev.tidemark.resources.Styles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/** The main window and the settings can be operated completely with keyboard and screen reader. */
@Proof
class AccessibleTest {
    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @TempDir
    private Path profile;

    @Test
    void theMainWindowAndWhatItsItemOpens() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            walk.look("main", "detail-title");
            walk.tab("main", open.window().stage());
            screen.press(KeyCode.CONTROL, KeyCode.F);
            walk.look("search", "search");
            screen.press(KeyCode.ESCAPE);
            for (String part : List.of("detail-due", "detail-reminder", "detail-repeat", "detail-priority")) {
                screen.click(part);
                walk.look(part, part + "-popup");
                walk.tabWithin(part, part + "-popup");
                screen.press(KeyCode.ESCAPE);
                screen.await("it is closed", () -> !screen.shows(part + "-popup"));
            }
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void thePaletteAndTheShortcuts() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            screen.press(KeyCode.CONTROL, KeyCode.K);
            walk.look("palette", "palette");
            walk.tabWithin("palette", "palette");
            screen.press(KeyCode.ESCAPE);
            screen.press(KeyCode.F1);
            walk.look("shortcuts", "shortcuts");
            walk.tabWithin("shortcuts", "shortcuts");
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void arrowsGoFromOneViewToTheNext() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Stage stage = open.window().stage();
            Screen.onScreen(() -> {
                Screen.visible(node -> "view-inbox".equals(node.getId()))
                        .getFirst()
                        .requestFocus();
                return true;
            });
            open.screen().press(KeyCode.DOWN);
            assertThat(Screen.onScreen(() -> stage.getScene().getFocusOwner().getId()))
                    .isEqualTo("view-today");
        }
    }

    @Test
    void everyPageOfTheSettings() throws Exception {
        try (OpenWindow open = SampleLibrary.open(profile)) {
            Screen screen = open.screen();
            AccessibilityChecker walk = new AccessibilityChecker(screen);
            screen.click("open-settings");
            Stage stage = Objects.requireNonNull(open.window().others().openedSettings())
                    .stage();
            List<String> pages = Screen.onScreen(() ->
                    Screen.visible(node -> node.getStyleClass().contains(Styles.SETTINGS_ENTRY)).stream()
                            .map(Node::getId)
                            .toList());
            assertThat(pages).contains("settings-general", "settings-sync", "settings-about");
            for (String page : pages) {
                screen.click(page);
                walk.look(page, page + "-scroll");
                walk.tab(page, stage);
            }
            screen.click("settings-sync");
            for (String target : List.of("folder", "s3")) {
                screen.click("settings-sync-target-" + target);
                walk.look(target, target.equals("s3") ? "settings-s3-address" : "settings-crypt");
                walk.tab(target, stage);
            }
            walk.assertNothingIsMissing();
        }
    }

    @Test
    void aTextFieldSaysItsNameAndItsText() {
        Screen.onScreen(() -> {
            TextField field = new TextField("what was typed");
            Controls.name(field, "Address");
            assertThat(field.queryAccessibleAttribute(AccessibleAttribute.TEXT)).isEqualTo("what was typed");
            assertThat(field.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY))
                    .isInstanceOfSatisfying(
                            Label.class, label -> assertThat(label.getText()).isEqualTo("Address"));
            return true;
        });
    }

    @Test
    void aControlWithoutANameAndAStateThatIsOnlySeenAreNoticed() {
        Screen.onScreen(() -> {
            Button chosen = new Button("Teal");
            chosen.getStyleClass().add(Styles.CHOSEN);
            TextField wrong = new TextField();
            Controls.name(wrong, "Address");
            wrong.getStyleClass().add(Styles.WRONG);
            TextField unread = new TextField("what was typed");
            unread.setAccessibleText("Address");
            assertThat(unread.queryAccessibleAttribute(AccessibleAttribute.TEXT))
                    .isEqualTo("Address");
            assertThat(AccessibilityChecker.wrongWith("planted", new Pane(new Button(), chosen, wrong, unread)))
                    .satisfiesExactly(
                            problem -> assertThat(problem).startsWith("planted: no name for Button"),
                            problem -> assertThat(problem).startsWith("planted: no name for TextField"),
                            problem -> assertThat(problem).contains("only to be seen that it is chosen"),
                            problem -> assertThat(problem).contains("only to be seen that it is wrong"));
            return true;
        });
    }
}
