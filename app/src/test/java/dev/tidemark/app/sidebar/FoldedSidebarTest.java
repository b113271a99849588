package dev.tidemark.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.settings.Theme;
import dev.tidemark.app.shell.OpenWindow;
import dev.tidemark.app.shell.Snapshots;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A folded sidebar with more icons than fit. */
@ExtendWith(KeptLanguage.class)
class FoldedSidebarTest {
    @TempDir
    Path profile;

    @Proof
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void nothingLiesOverTheIcons(Theme theme) throws Exception {
        try (OpenWindow open = OpenWindow.on(profile, theme)) {
            Lists lists = new Lists(open.composition().database());
            for (int number = 0; number < 20; number++) {
                lists.add("List " + number);
            }
            new Items(open.composition().database()).add(NewItem.todo("Item").withTags(List.of("garden")));
            Screen screen = open.screen();
            screen.await("all is there", () -> screen.shows("tag-garden") && screen.count("open-settings") == 1);
            Screen.onScreen(() -> {
                open.window().stage().setWidth(540);
                return true;
            });
            screen.await("it is folded", () -> Screen.onScreen(() -> sidebar().getWidth() < 60));
            assertThat(Screen.onScreen(() -> Screen.visible(node -> node instanceof SidebarEntry)))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(entry -> assertThat(Screen.onScreen(() -> isInside(entry)))
                            .as(entry.getId())
                            .isTrue());
            assertThat(screen.shows("open-settings"))
                    .as("a way to the settings")
                    .isTrue();
            double middle = Screen.onScreen(() -> middle("view-inbox"));
            assertThat(List.of("open-settings", "sync-state"))
                    .allSatisfy(id ->
                            assertThat(Screen.onScreen(() -> middle(id))).as(id).isCloseTo(middle, within(0.5)));
            screen.moveAway();
            assertThat(Snapshots.take(
                            open.window().stage(),
                            540,
                            700,
                            "folded_" + theme.name().toLowerCase(Locale.ROOT)))
                    .isEmpty();
        }
    }

    @Proof
    @Test
    void whatAnIconStandsForIsSaidUnderThePointer() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            String garden = "list-" + new Lists(open.composition().database()).add("garden");
            Screen screen = open.screen();
            screen.await("the list is there", () -> screen.shows(garden));
            assertThat(tooltip(garden)).isEmpty();
            widen(open, 540);
            screen.await("it is folded", () -> tooltip(garden).equals(Optional.of("garden")));
            assertThat(tooltip("sync-state")).contains("Sync is off");
            widen(open, 1000);
            screen.await("the name stands there", () -> tooltip(garden).isEmpty());
            assertThat(tooltip("sync-state")).isEmpty();
        }
    }

    @Proof
    @Test
    void oneIconOpensAMenuOfTheTagsAndListsHaveLetters() throws Exception {
        try (OpenWindow open = OpenWindow.on(profile)) {
            Items items = new Items(open.composition().database());
            items.add(NewItem.todo("Prune the roses").withTags(List.of("garden")));
            items.add(NewItem.todo("Call mum").withTags(List.of("family")));
            UUID home = new Lists(open.composition().database()).add("home");
            Screen screen = open.screen();
            screen.await("the tags are there", () -> screen.shows("tag-garden") && screen.shows("tag-family"));
            assertThat(screen.shows("tag-entries")).isFalse();
            widen(open, 540);
            screen.await("one icon stands for the tags", () -> screen.shows("tag-entries"));
            assertThat(screen.shows("tag-garden")).isFalse();
            assertThat(screen.texts("list-" + home)).contains("H");
            screen.click("tag-entries");
            screen.click("tag-entry-family");
            screen.await("the tag is open", () -> screen.rows().equals(List.of("Call mum")));
        }
    }

    private static void widen(OpenWindow open, double width) {
        Screen.onScreen(() -> {
            open.window().stage().setWidth(width);
            return true;
        });
    }

    private static Optional<String> tooltip(String id) {
        return Screen.onScreen(() -> Optional.ofNullable(((Control)
                                Screen.visible(node -> id.equals(node.getId())).getFirst())
                        .getTooltip())
                .map(Tooltip::getText));
    }

    private static Region sidebar() {
        return (Region) Screen.visible(node -> "sidebar".equals(node.getId())).getFirst();
    }

    /** The horizontal middle of a button's icon. */
    private static double middle(String id) {
        Node icon = Screen.visible(node -> id.equals(node.getId())).getFirst().lookup(".ikonli-font-icon");
        return icon.localToScene(icon.getLayoutBounds()).getCenterX();
    }

    /** With as much room to its left as to its right. */
    private static boolean isInside(Node entry) {
        Bounds place = entry.localToScene(entry.getLayoutBounds());
        Bounds viewport = sidebar()
                .lookup(".viewport")
                .localToScene(sidebar().lookup(".viewport").getLayoutBounds());
        double left = place.getMinX() - viewport.getMinX();
        double right = viewport.getMaxX() - place.getMaxX();
        return left >= 0 && Math.abs(left - right) < 1;
    }
}
