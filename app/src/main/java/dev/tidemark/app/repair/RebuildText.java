package dev.tidemark.app.repair;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.Maintenance.MissingChanges;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;

/** Says what a backup lacks and what a rebuild of a damaged database recovers, a sentence each. */
public final class RebuildText {
    private static final int MAX_NAMED = 5;

    private RebuildText() {}

    /** What restoring the backup alone does; the plan has one. */
    public static String restore(LibraryRebuild.Plan plan, Backup backup) {
        String time = time(backup.at());
        return plan.rebuild().isCounted()
                ? Messages.text(Keys.REBUILD_RESTORE, time, plan.missing())
                : Messages.text(Keys.REBUILD_RESTORE_UNCOUNTED, time, plan.missing());
    }

    /** What a rebuild does. */
    public static List<String> plan(LibraryRebuild.Plan plan) {
        List<String> sentences = new ArrayList<>();
        Backup backup = plan.backup();
        Maintenance.Rebuild rebuild = plan.rebuild();
        sentences.add(
                backup == null
                        ? Messages.text(Keys.REBUILD_PLAN_LOG, rebuild.recovered())
                        : Messages.text(Keys.REBUILD_PLAN, time(backup.at()), rebuild.recovered()));
        sentences.addAll(missing(rebuild));
        return sentences;
    }

    /** What a rebuild did. */
    public static List<String> done(LibraryRebuild.Outcome outcome) {
        List<String> sentences = new ArrayList<>();
        sentences.add(Messages.text(Keys.REBUILD_DONE, outcome.rebuild().recovered()));
        sentences.addAll(missing(outcome.rebuild()));
        sentences.addAll(missingAttachments(outcome.missingAttachments()));
        sentences.add(Messages.text(Keys.REBUILD_ASIDE, outcome.oldDatabase()));
        return sentences;
    }

    /** Returns a sentence about the attachments of a backup that could not be restored; empty if there are none. */
    public static List<String> missingAttachments(int count) {
        return count == 0 ? List.of() : List.of(Messages.text(Keys.REBUILD_ATTACHMENTS, count));
    }

    private static List<String> missing(Maintenance.Rebuild rebuild) {
        List<String> sentences = new ArrayList<>();
        if (rebuild.isComplete()) {
            sentences.add(Messages.text(Keys.REBUILD_COMPLETE));
        }
        rebuild.missing().stream().limit(MAX_NAMED).map(RebuildText::missing).forEach(sentences::add);
        if (rebuild.missing().size() > MAX_NAMED) {
            long more = rebuild.missing().stream()
                    .skip(MAX_NAMED)
                    .mapToLong(each -> each.last() - each.first() + 1)
                    .sum();
            sentences.add(Messages.text(Keys.REBUILD_MISSING_MORE, more));
        }
        if (rebuild.unreadPages() > 0) {
            sentences.add(Messages.text(Keys.REBUILD_WAL, rebuild.unreadPages()));
        }
        if (!rebuild.isCounted()) {
            sentences.add(Messages.text(Keys.REBUILD_UNCOUNTED));
        }
        return sentences;
    }

    /** A time as the user's language writes it. */
    static String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    private static String missing(MissingChanges missing) {
        String device = missing.device().isEmpty() ? missing.replica().toString() : missing.device();
        return Messages.text(
                missing.mayBeInStorage() ? Keys.REBUILD_MISSING_STORAGE : Keys.REBUILD_MISSING,
                missing.last() - missing.first() + 1,
                device,
                missing.first(),
                missing.last());
    }
}
