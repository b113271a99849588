package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.driver.KeptLanguage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.sync.SyncState;
import dev.tidemark.engine.sync.SyncStatus;
import java.time.Instant;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sync status at the bottom of the sidebar. */
@ExtendWith(KeptLanguage.class)
class SyncFooterTest {
    @RegisterExtension
    static final SharedWindow WINDOW = new SharedWindow();

    @Test
    void aCutStatusHasATooltipWithAllOfIt() throws Exception {
        OpenWindow open = WINDOW.open();
        assertThat(tooltip()).isEmpty();
        show(open, new SyncStatus.Progress(SyncStatus.Progress.Phase.FILES, 112_000_000, 198_000_000, 112_000_000));
        open.screen()
                .await(
                        "all of it is in the tooltip",
                        () -> tooltip().equals(Optional.of("Uploading files: 112.0 MB of 198.0 MB")));
    }

    @Test
    void theSidebarShowsChangesWithoutTheirSize() throws Exception {
        OpenWindow open = WINDOW.open();
        show(open, new SyncStatus.Progress(SyncStatus.Progress.Phase.PUSHING, 74, 192, 340_000));
        open.screen()
                .await(
                        "it counts changes",
                        () -> open.screen().text("sync-state").equals("Uploading 192 changes"));
        assertThat(tooltip()).isEmpty();
    }

    private static void show(OpenWindow open, SyncStatus.Progress progress) {
        Screen.onScreen(() -> {
            open.window()
                    .sync()
                    .show(SyncState.of(
                            new SyncStatus(SyncStatus.State.SYNCING, Instant.EPOCH, 1, progress, null, null, null),
                            "/sync"));
            return true;
        });
    }

    private static Optional<String> tooltip() {
        return Screen.onScreen(() -> Optional.ofNullable(((Button)
                                Screen.visible(node -> "sync-state".equals(node.getId()))
                                        .getFirst())
                        .getTooltip())
                .map(Tooltip::getText));
    }
}
