package dev.tidemark.app.sync;

import dev.tidemark.app.detail.SizeText;
import dev.tidemark.app.sync.SyncFindings.FastClock;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a sync does and finds. */
final class SyncText {
    private SyncText() {}

    /** How far it has come. */
    static String running(SyncState.Moving moving) {
        if (moving.files() > 0) {
            return Texts.text(Keys.SYNC_RUNNING_FILES, SizeText.of(moving.filesDone()), SizeText.of(moving.files()));
        }
        String words = moving.pulled() > 0
                ? Texts.text(Keys.SYNC_RUNNING_PULLING, moving.pulled())
                : moving.pushed() > 0
                        ? Texts.text(Keys.SYNC_RUNNING_PUSHING, moving.pushed())
                        : Texts.text(Keys.SYNC_RUNNING);
        return moving.bytes() == 0 ? words : Texts.text(Keys.SYNC_RUNNING_BYTES, words, SizeText.of(moving.bytes()));
    }

    /** Who deleted most of the library. */
    static String deletion(MassDelete deleted) {
        return Texts.text(Keys.SYNC_DELETED, deleted.name(), deleted.rows());
    }

    /** Whose clocks are ahead, and what that does. */
    static String clocks(List<FastClock> clocks) {
        String names = clocks.stream().map(FastClock::name).collect(Collectors.joining(", "));
        long days = clocks.stream().mapToLong(FastClock::days).max().orElse(1);
        return Texts.text(Keys.SYNC_PANEL_CLOCK, names, days);
    }
}
