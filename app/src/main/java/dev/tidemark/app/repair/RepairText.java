package dev.tidemark.app.repair;

import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.util.ArrayList;
import java.util.List;

/** Describes the findings of a check and the effects of a repair in sentences. */
public final class RepairText {
    private static final int MAX_NAMED = 5;

    private RepairText() {}

    /** Returns sentences about the findings of a check. */
    public static List<String> found(LibraryRepair.Findings findings) {
        List<String> sentences = new ArrayList<>();
        Maintenance.CheckReport database = findings.database();
        if (!database.damage().isEmpty()) {
            sentences.add(Messages.text(database.isRepairable() ? Keys.CHECK_INDEXES : Keys.CHECK_DAMAGE));
        }
        if (!database.differences().isEmpty()) {
            sentences.add(
                    Messages.text(Keys.CHECK_DIFFERENCES, database.differences().size()));
            findings.titles().values().stream()
                    .sorted()
                    .limit(MAX_NAMED)
                    .forEach(title -> sentences.add(Messages.text(Keys.CHECK_ITEM, SingleLineText.abbreviate(title))));
        }
        if (database.isClockAhead()) {
            sentences.add(Messages.text(Keys.CHECK_CLOCK));
        }
        findings.attachments().stream()
                .limit(MAX_NAMED)
                .forEach(each -> sentences.add(Messages.text(
                        each.damaged() ? Keys.CHECK_ATTACHMENT_DAMAGED : Keys.CHECK_ATTACHMENT_MISSING,
                        SingleLineText.abbreviate(each.name()))));
        if (findings.attachments().size() > MAX_NAMED) {
            sentences.add(Messages.text(
                    Keys.CHECK_ATTACHMENT_MORE, findings.attachments().size() - MAX_NAMED));
        }
        if (findings.isSound()) {
            sentences.add(Messages.text(Keys.CHECK_SOUND));
        }
        if (findings.elsewhere() > 0) {
            sentences.add(Messages.text(Keys.CHECK_ELSEWHERE, findings.elsewhere()));
        }
        return sentences;
    }

    /** When the last check was, and what it found. */
    public static String last(LastCheck.Entry entry) {
        String key = switch (entry.result()) {
            case SOUND -> Keys.CHECK_LAST_SOUND;
            case REPAIRABLE -> Keys.CHECK_LAST_REPAIRABLE;
            case DAMAGED -> Keys.CHECK_LAST_DAMAGED;
        };
        return Messages.text(key, RebuildText.time(entry.at()));
    }

    /** What a repair will do, and what the user can do where it cannot help. */
    public static List<String> plan(LibraryRepair.Findings findings) {
        List<String> sentences = new ArrayList<>();
        Maintenance.CheckReport database = findings.database();
        if (!database.damage().isEmpty()) {
            sentences.add(Messages.text(database.isRepairable() ? Keys.CHECK_PLAN_INDEXES : Keys.CHECK_PLAN_DAMAGE));
        }
        if (database.isClockAhead()) {
            sentences.add(Messages.text(Keys.CHECK_PLAN_CLOCK));
        }
        if (!database.differences().isEmpty()) {
            sentences.add(Messages.text(Keys.CHECK_PLAN_DIFFERENCES));
        }
        if (findings.attachments().stream().anyMatch(LibraryRepair.BadAttachment::inBackup)) {
            sentences.add(Messages.text(Keys.CHECK_PLAN_ATTACHMENTS));
        }
        if (!findings.attachments().stream().allMatch(LibraryRepair.BadAttachment::inBackup)) {
            sentences.add(Messages.text(Keys.CHECK_PLAN_DOWNLOAD));
        }
        if (findings.repairsDatabase()) {
            sentences.add(Messages.text(Keys.CHECK_PLAN_BACKUP));
        }
        return sentences;
    }
}
