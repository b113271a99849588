package dev.tidemark.app.repair;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.model.ErrorMessages;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Diagnoses everything of a profile that can be damaged or in the way: settings, locks, the database file, its history,
 * attachments, backups and the storage. Changes nothing. Thread-safe.
 *
 * @param database opens the library
 * @param settings reads the settings; throws if they cannot be used
 * @param storage tries to reach the storage
 */
public record Doctor(Backups backups, Supplier<Database> database, Runnable settings, Supplier<Storage> storage) {
    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    /** What is looked at, in this order. */
    public enum Part {
        SETTINGS,
        LOCK,
        DATABASE,
        HISTORY,
        ATTACHMENTS,
        BACKUPS,
        STORAGE
    }

    /** What was found. */
    public enum State {
        OK,
        /** Worth knowing; nothing is damaged. */
        NOTE,
        PROBLEM
    }

    /** A line of the diagnosis. */
    public record Finding(Part part, State state, String sentence) {}

    /**
     * Whether the storage can be reached.
     *
     * @param isOn whether sync is on
     * @param problem why the storage cannot be used; {@code null} if it can, or sync is off
     */
    public record Storage(boolean isOn, @Nullable Throwable problem) {}

    /** What can be done without a loss. */
    public enum Remedy {
        NOTHING,
        /** {@link LibraryRepair#repair} with the values of the history. */
        REPAIR,
        /** {@link LibraryRebuild#run}. */
        REBUILD,
        /** The database is missing: {@link Backups#restore} the backup of the plan. */
        RESTORE
    }

    /**
     * A diagnosis.
     *
     * @param plan what a rebuild recovers; {@code null} unless the database is damaged and a rebuild is possible
     * @param backup the newest sound backup; {@code null} if there is none
     */
    public record Diagnosis(
            List<Finding> findings,
            Remedy remedy,
            LibraryRebuild.@Nullable Plan plan,
            @Nullable Backup backup) {
        /** Copies the list. */
        public Diagnosis {
            findings = List.copyOf(findings);
        }

        /** Whether there is no problem. */
        public boolean isHealthy() {
            return findings.stream().noneMatch(each -> each.state() == State.PROBLEM);
        }
    }

    /** Diagnoses the profile. */
    public Diagnosis diagnose() {
        return new Pass().run();
    }

    /** One diagnosis. */
    private final class Pass {
        private final List<Finding> findings = new ArrayList<>();
        private Remedy remedy = Remedy.NOTHING;
        private LibraryRebuild.@Nullable Plan plan;
        private @Nullable Backup newest;

        Diagnosis run() {
            boolean hasSettings = checkSettings();
            checkLock();
            List<Backup> all = checkBackups();
            if (Files.exists(backups.folders().database())) {
                checkDatabase();
            } else if (all.isEmpty()) {
                add(Part.DATABASE, State.NOTE, Messages.text(Keys.DOCTOR_DATABASE_NONE));
            } else {
                add(Part.DATABASE, State.PROBLEM, Messages.text(Keys.DOCTOR_DATABASE_MISSING));
                remedy = newest == null ? Remedy.NOTHING : Remedy.RESTORE;
            }
            if (hasSettings) {
                checkStorage();
            }
            findings.sort(java.util.Comparator.comparing(Finding::part));
            return new Diagnosis(findings, remedy, plan, newest);
        }

        private void add(Part part, State state, String sentence) {
            findings.add(new Finding(part, state, sentence));
        }

        private boolean checkSettings() {
            try {
                settings.run();
                add(Part.SETTINGS, State.OK, Messages.text(Keys.DOCTOR_SETTINGS));
                return true;
            } catch (ProblemException e) {
                add(Part.SETTINGS, State.PROBLEM, ErrorMessages.of(e));
                return false;
            }
        }

        private void checkLock() {
            if (backups.isWindowOpen()) {
                add(Part.LOCK, State.NOTE, Messages.text(Keys.DOCTOR_LOCK_WINDOW));
            } else {
                add(Part.LOCK, State.OK, Messages.text(Keys.DOCTOR_LOCK));
            }
        }

        private List<Backup> checkBackups() {
            List<Backup> all;
            try {
                all = backups.list();
            } catch (ProblemException e) {
                add(Part.BACKUPS, State.PROBLEM, ErrorMessages.of(e));
                return List.of();
            }
            for (Backup backup : all) {
                if (newest == null) {
                    if (isSound(backup)) {
                        newest = backup;
                    } else {
                        add(Part.BACKUPS, State.PROBLEM, Messages.text(Keys.DOCTOR_BACKUP_DAMAGED, backup.name()));
                    }
                }
            }
            if (newest != null) {
                String text = Messages.text(Keys.DOCTOR_BACKUPS, all.size(), RebuildText.time(newest.at()));
                add(Part.BACKUPS, State.OK, text);
            } else {
                add(Part.BACKUPS, State.NOTE, Messages.text(Keys.DOCTOR_BACKUPS_NONE));
            }
            return all;
        }

        private boolean isSound(Backup backup) {
            try {
                Database.verify(backup.file(), LibrarySchema.SCHEMA);
                return backups.isUnchanged(backup);
            } catch (TidemarkException | ProblemException e) {
                LOG.warn("The backup {} cannot be used", backup.file(), e);
                return false;
            }
        }

        private void checkDatabase() {
            LibraryRepair.Findings found;
            try {
                found = new LibraryRepair(backups, database.get()).check(share -> {});
            } catch (TidemarkException | ProblemException e) {
                add(Part.DATABASE, State.PROBLEM, ErrorMessages.of(e));
                if (Damage.isReasonOf(e)) {
                    planRebuild();
                }
                return;
            }
            List<String> damage = found.database().damage();
            if (damage.isEmpty()) {
                add(Part.DATABASE, State.OK, Messages.text(Keys.DOCTOR_DATABASE));
                checkContent(found);
            } else if (found.database().isRepairable()) {
                add(Part.DATABASE, State.PROBLEM, Messages.text(Keys.CHECK_INDEXES));
            } else {
                add(Part.DATABASE, State.PROBLEM, Messages.text(Keys.DOCTOR_DATABASE_DAMAGED, damage.getFirst()));
                planRebuild();
            }
            if (remedy == Remedy.NOTHING && found.isRepairable()) {
                remedy = Remedy.REPAIR;
            }
        }

        private void checkContent(LibraryRepair.Findings found) {
            int differences = found.database().differences().size();
            if (differences > 0) {
                add(Part.HISTORY, State.PROBLEM, Messages.text(Keys.CHECK_DIFFERENCES, differences));
            }
            if (found.database().isClockAhead()) {
                add(Part.HISTORY, State.PROBLEM, Messages.text(Keys.CHECK_CLOCK));
            }
            if (differences == 0 && !found.database().isClockAhead()) {
                add(Part.HISTORY, State.OK, Messages.text(Keys.DOCTOR_HISTORY));
            }
            found.attachments()
                    .forEach(each -> add(
                            Part.ATTACHMENTS,
                            State.PROBLEM,
                            Messages.text(
                                    each.damaged() ? Keys.CHECK_ATTACHMENT_DAMAGED : Keys.CHECK_ATTACHMENT_MISSING,
                                    each.name())));
            if (found.attachments().isEmpty()) {
                add(Part.ATTACHMENTS, State.OK, Messages.text(Keys.DOCTOR_ATTACHMENTS));
            }
            if (found.elsewhere() > 0) {
                add(Part.ATTACHMENTS, State.NOTE, Messages.text(Keys.CHECK_ELSEWHERE, found.elsewhere()));
            }
        }

        private void planRebuild() {
            LibraryRebuild.Plan found = new LibraryRebuild(backups).plan().orElse(null);
            if (found == null) {
                add(Part.DATABASE, State.PROBLEM, Messages.text(Keys.REBUILD_NOTHING));
                return;
            }
            plan = found;
            remedy = Remedy.REBUILD;
            Backup backup = found.backup();
            if (backup != null) {
                add(Part.DATABASE, State.NOTE, RebuildText.restore(found, backup));
            }
            RebuildText.plan(found).forEach(sentence -> add(Part.DATABASE, State.NOTE, sentence));
        }

        private void checkStorage() {
            Storage found = storage.get();
            Throwable problem = found.problem();
            if (problem != null) {
                add(Part.STORAGE, State.PROBLEM, ErrorMessages.of(problem));
            } else if (found.isOn()) {
                add(Part.STORAGE, State.OK, Messages.text(Keys.DOCTOR_STORAGE));
            } else {
                add(Part.STORAGE, State.NOTE, Messages.text(Keys.DOCTOR_STORAGE_OFF));
            }
        }
    }
}
