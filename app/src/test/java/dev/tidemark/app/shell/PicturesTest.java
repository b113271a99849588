package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.context.AppContext;
import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.preferences.PreferencesWindow;
import dev.tidemark.app.settings.Setting;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.proof.Proof;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.api.FxToolkit;

/**
 * Draws every {@link PictureScene}. Fails on a cut text, a control without a name, or a visible difference from the
 * committed screenshot. {@code -Dtidemark.pictures=renew} replaces the committed screenshots that look different.
 */
@Proof
@ExtendWith(KeptLanguage.class)
class PicturesTest {
    private static final Path COMMITTED = Path.of(System.getProperty("tidemark.root"), "screenshots");
    private static final Path DRAWN = Snapshots.FOLDER.resolve("committed");
    private static final Path DIFFERENCES = Snapshots.FOLDER.resolve("differences");
    private static final int WIDTH = PictureScene.WIDE;
    private static final int HEIGHT = 700;

    @TempDir
    Path place;

    private final List<String> faults = new ArrayList<>();

    /** Each theme and language of each fixture: one window. */
    static Stream<Arguments> windows() {
        return Arrays.stream(PictureScene.Fixture.values())
                .flatMap(fixture -> Stream.of(PictureScene.Look.LIGHT, PictureScene.Look.DARK, PictureScene.Look.GERMAN)
                        .filter(look -> PictureScene.ALL.stream().anyMatch(scene -> isDrawn(scene, fixture, look)))
                        .map(look -> Arguments.of(fixture, look)));
    }

    private static boolean isDrawn(PictureScene scene, PictureScene.Fixture fixture, PictureScene.Look look) {
        return scene.fixture() == fixture && scene.looks().contains(look);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void theWindowLooksAsInItsPictures(PictureScene.Fixture fixture, PictureScene.Look look) throws Exception {
        Locale.setDefault(look.language);
        PictureLibrary library = new PictureLibrary();
        AppContext context = library.context(place.resolve("laptop"), "Laptop");
        context.set(Setting.MOTION, "reduced");
        UUID item = fixture == PictureScene.Fixture.EMPTY ? null : library.fill(context);
        if (item != null && fixture == PictureScene.Fixture.CONFLICTS) {
            library.editApart(context, item, place);
        }
        try (OpenWindow window = OpenWindow.on(context, look.theme)) {
            PictureScene.Opened opened = new PictureScene.Opened(window, look.theme, item, place);
            resize(opened);
            if (item != null) {
                PictureLibrary.awaitSynced(window);
            }
            for (PictureScene scene : PictureScene.ALL) {
                if (isDrawn(scene, fixture, look)) {
                    draw(scene, opened, look);
                    leave(opened, context);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static void resize(PictureScene.Opened opened) {
        Screen.onScreen(() -> {
            opened.stage().setWidth(WIDTH);
            opened.stage().setHeight(HEIGHT);
            return true;
        });
        opened.screen()
                .await(
                        "it has the size of the pictures",
                        () -> opened.stage().getScene().getWidth() == WIDTH
                                && opened.stage().getScene().getHeight() == HEIGHT);
    }

    private void draw(PictureScene scene, PictureScene.Opened opened, PictureScene.Look look) throws Exception {
        Stage stage = scene.steps().show(opened);
        if (!scene.isPointed()) {
            opened.screen().moveAway();
        }
        int width = scene.width();
        int height = width == WIDTH
                ? HEIGHT
                : Screen.onScreen(() -> (int) Math.ceil(stage.getScene().getHeight()));
        check(name(scene, look), Snapshots.picture(stage, width, height, look.scale), true);
        if (look == PictureScene.Look.LIGHT && scene.looks().contains(PictureScene.Look.DOUBLE)) {
            PictureScene.Look twice = PictureScene.Look.DOUBLE;
            check(name(scene, twice), Snapshots.picture(stage, width, height, twice.scale), true);
        }
        if (width == WIDTH && (look == PictureScene.Look.DARK || !scene.looks().contains(PictureScene.Look.DARK))) {
            String wide = scene.name() + "_" + theme(look) + "_1600";
            check(wide, Snapshots.picture(stage, 1600, 1000, 1), false);
        }
    }

    private static String theme(PictureScene.Look look) {
        return look.theme.name().toLowerCase(Locale.ROOT);
    }

    private static String name(PictureScene scene, PictureScene.Look look) {
        return scene.name() + "_" + theme(look) + "_" + scene.width() + (look.scale == 1 ? "" : "_" + look.scale + "x");
    }

    private void check(String name, Snapshots.Taken taken, boolean isCommitted) throws IOException {
        taken.problems().forEach(problem -> faults.add(name + ": " + problem));
        Path drawn = Snapshots.write(taken.image(), DRAWN, name);
        if (!isCommitted) {
            return;
        }
        Path committed = COMMITTED.resolve(drawn.getFileName());
        BufferedImage before = Files.exists(committed) ? ImageIO.read(committed.toFile()) : null;
        PictureComparison found = before == null ? null : PictureComparison.of(before, taken.image());
        if (found != null && found.figure() <= PictureComparison.LIMIT) {
            return;
        }
        if ("renew".equals(System.getProperty("tidemark.pictures"))) {
            Files.copy(drawn, committed, StandardCopyOption.REPLACE_EXISTING);
        } else if (found == null) {
            faults.add(committed + " is missing; the new picture is " + drawn.toAbsolutePath());
        } else {
            Path difference = Snapshots.write(found.map(), DIFFERENCES, name);
            faults.add(committed + " differs by " + found + "; the new picture is " + drawn.toAbsolutePath()
                    + ", the difference " + difference.toAbsolutePath());
        }
    }

    /** Back to a window that shows all items and nothing above them. */
    private static void leave(PictureScene.Opened opened, AppContext context) throws Exception {
        FxToolkit.setupFixture(() -> {
            PreferencesWindow settings = opened.window().window().others().openedSettings();
            if (settings != null) {
                settings.close();
            }
            List.copyOf(Window.getWindows()).stream()
                    .filter(window -> !window.equals(opened.stage()))
                    .forEach(Window::hide);
            return true;
        });
        Screen screen = opened.screen();
        if (screen.shows("toast-undo")) {
            int rows = screen.rows().size();
            screen.click("toast-undo");
            screen.await("it is undone", () -> screen.rows().size() > rows);
            context.sync().syncNow().get();
        }
        if (screen.shows("search-close")) {
            screen.click("search-close");
        }
        opened.type(opened.stage(), "quick-add", "");
        screen.press(KeyCode.ESCAPE);
        screen.press(KeyCode.ESCAPE);
        if (screen.shows("detail-preview")) {
            screen.click("detail-preview-toggle");
        }
        Screen.onScreen(() -> {
            opened.model().toasts().close();
            opened.window().window().sync().show(SyncState.of(context.sync().status(), ""));
            return true;
        });
        opened.open(new ItemSource.All(), null);
        resize(opened);
    }

    @Test
    void thereIsAPictureOfEachSceneAndNoOther() throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (PictureScene scene : PictureScene.ALL) {
            for (PictureScene.Look look : scene.looks()) {
                Locale.setDefault(look.language);
                wanted.add(Snapshots.fileName(name(scene, look)));
            }
        }
        try (Stream<Path> files = Files.walk(COMMITTED)) {
            assertThat(files.filter(file -> file.toString().endsWith(".png"))
                            .map(file -> COMMITTED.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void aCutLabelAndAControlWithoutANameAreNoticed() throws Exception {
        try (OpenWindow window = OpenWindow.on(place.resolve("profile"))) {
            FxToolkit.setupFixture(() -> {
                Label cut = new Label("This label has no room for its words");
                cut.setId("planted");
                cut.setMaxWidth(60);
                Button unnamed = new Button();
                unnamed.setId("unnamed");
                ((MainView) window.window().stage().getScene().getRoot())
                        .getChildren()
                        .addAll(cut, unnamed);
                return true;
            });
            assertThat(Snapshots.picture(window.window().stage(), WIDTH, HEIGHT, 1)
                            .problems())
                    .anyMatch(problem -> problem.contains("is cut to") && problem.contains("#planted"))
                    .anyMatch(problem -> problem.contains("no name") && problem.contains("#unnamed"));
        }
    }
}
