package dev.tidemark.app.main;

import dev.tidemark.app.fx.UnsavedTexts;
import dev.tidemark.app.launcher.Wish;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.app.settings.Modes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The files that a window leaves. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Files inherit the access list of their folder")
class ClosedProfileTest extends StartedProgram {
    @Test
    void whatAWindowWritesIsReadableForItsOwnerAlone() throws Exception {
        start(new Wish.Window());
        screen.await("the window is there", () -> screen.shows("view-inbox"));
        Modes.assertClosed(profile);
        ViewArrangements.read(profile.resolve("views.properties"))
                .set(new ItemView.Inbox(), Arrangement.PLAIN.withDone(true));
        close();
        new UnsavedFile(profile).keep(List.of(new UnsavedTexts.Unsaved("new", "Buy milk")));
        Modes.assertClosed(profile);
    }
}
