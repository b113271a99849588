package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.fx.FxExecutor;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.Lists;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.engine.Database;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another device deletes the list that is open in the real window. */
class UnavailableViewsTest {
    @TempDir
    Path profile;

    @BeforeEach
    void speakEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @Proof
    @Test
    void aListDeletedWhileBeingRenamedGivesWayToTheInbox() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (OpenWindow open = OpenWindow.on(profile)) {
            Screen.onScreen(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> thrown.add(failure));
                return true;
            });
            Database database = open.composition().database();
            UUID home = new Lists(database).add("Home");
            new Items(database).add(NewItem.todo("Sweep").inList(home));
            Screen screen = open.screen();
            screen.await("the list is there", () -> screen.shows("list-" + home));
            screen.click("list-" + home);
            screen.await("it is open", () -> screen.rows().equals(List.of("Sweep")));
            screen.press(KeyCode.F2);
            screen.type("House");

            new Lists(database).delete(home);

            screen.await("it is gone", () -> !screen.shows("list-" + home));
            screen.await("the Inbox is open", () -> screen.text("view-title").equals("Inbox"));
            screen.await("it has what was in it", () -> screen.rows().equals(List.of("Sweep")));
            assertThat(thrown).isEmpty();
        } finally {
            FxExecutor.INSTANCE.execute(() -> Thread.currentThread().setUncaughtExceptionHandler(null));
        }
    }
}
