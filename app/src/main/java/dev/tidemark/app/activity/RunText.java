package dev.tidemark.app.activity;

import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncActivity.Counts;
import dev.tidemark.engine.sync.SyncActivity.Run;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a recorded sync in words. */
public final class RunText {
    private RunText() {}

    /** Returns short texts about uploads, downloads and conflicts; empty if the sync only had a problem. */
    public static List<String> parts(Run run) {
        Counts counts = run.counts();
        List<String> parts = new ArrayList<>();
        add(parts, Keys.ACTIVITY_PUSHED, counts.pushed());
        add(parts, Keys.ACTIVITY_PULLED, counts.pulled());
        add(parts, Keys.ACTIVITY_CONFLICTS, counts.conflicts());
        add(parts, Keys.ACTIVITY_HIDDEN, counts.hidden());
        add(parts, Keys.ACTIVITY_WAITING, counts.waiting());
        add(parts, Keys.ACTIVITY_BLOCKED, counts.blocked());
        add(parts, Keys.ACTIVITY_QUARANTINED, counts.quarantined());
        return parts;
    }

    private static void add(List<String> parts, String key, long number) {
        if (number > 0) {
            parts.add(Messages.text(key, number));
        }
    }

    /**
     * Returns a sentence with the problem and the number of syncs that had the problem; {@code null} if there was none.
     */
    public static @Nullable String problem(Run run) {
        TidemarkException problem = run.problem();
        if (problem == null) {
            return null;
        }
        String sentence = ErrorMessages.of(problem);
        return run.times() == 1 ? sentence : Messages.text(Keys.ACTIVITY_REPEATED, sentence, run.times());
    }
}
