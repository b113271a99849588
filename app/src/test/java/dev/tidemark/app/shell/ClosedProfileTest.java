package dev.tidemark.app.shell;

import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.launcher.LaunchRequest;
import dev.tidemark.app.list.ViewOptionsStore;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.settings.FileModes;
import dev.tidemark.proof.Proof;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The files that a window leaves are private to their owner. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
class ClosedProfileTest extends StartedProgram {
    @Proof
    @Test
    void filesOfAWindowAreReadableByTheirOwnerOnly() throws Exception {
        start(new LaunchRequest.Window());
        screen.await("the window is there", () -> screen.shows("view-inbox"));
        FileModes.assertClosed(profile);
        ViewOptionsStore.read(profile.resolve("views.properties"))
                .set(new ItemSource.Inbox(), ViewOptions.DEFAULT.withDone(true));
        close();
        new UnsavedTextsFile(profile, () -> ZonedDateTime.now(ZoneId.systemDefault()))
                .write(List.of(new UnsavedTexts.Unsaved("new", "Buy milk")));
        FileModes.assertClosed(profile);
    }
}
