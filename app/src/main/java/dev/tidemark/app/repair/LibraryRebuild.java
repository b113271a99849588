package dev.tidemark.app.repair;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.problem.TidemarkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a damaged database of a profile: by a backup, or by a backup and the changes that are still readable in the
 * damaged file. Keeps the damaged file. Thread-safe.
 */
public record LibraryRebuild(Backups backups) {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryRebuild.class);

    /**
     * What can be done about a damaged database.
     *
     * @param backup the newest backup that can be used; {@code null} if there is none
     * @param rebuild what a rebuild recovers beyond the backup
     * @param unusable newer backups that are damaged, or older than a restore
     */
    public record Plan(@Nullable Backup backup, Maintenance.Rebuild rebuild, List<Backup> unusable) {
        /** Copies the list. */
        public Plan {
            unusable = List.copyOf(unusable);
        }

        /** How many changes the backup lacks, as far as the damaged file says it. */
        public long missing() {
            return rebuild.recovered() + rebuild.missingCount();
        }
    }

    /**
     * What a rebuild did.
     *
     * @param oldDatabase where the damaged database is kept
     * @param missingAttachments see {@link Backups.Restored}
     */
    public record Outcome(Plan plan, Maintenance.Rebuild rebuild, Path oldDatabase, int missingAttachments) {}

    /**
     * Finds out what can be done, and changes nothing.
     *
     * @return empty if neither a backup nor the damaged file can be read: only the storage can have the library
     * @throws dev.tidemark.app.model.ProblemException if the backups cannot be listed
     */
    public Optional<Plan> plan() {
        List<Backup> unusable = new ArrayList<>();
        for (Backup backup : backups.list()) {
            Maintenance.Rebuild found =
                    backups.isUnchanged(backup) ? planned(backup.file()).orElse(null) : null;
            if (found != null && found.isRelated()) {
                return Optional.of(new Plan(backup, found, unusable));
            }
            unusable.add(backup);
        }
        return planned(null).map(found -> new Plan(null, found, unusable));
    }

    private Optional<Maintenance.Rebuild> planned(@Nullable Path copy) {
        try {
            return Optional.of(Database.planRebuild(backups.folders().database(), copy, LibrarySchema.SCHEMA));
        } catch (TidemarkException e) {
            LOG.warn("A rebuild from {} is not possible", copy, e);
            return Optional.empty();
        }
    }

    /**
     * Rebuilds the database. The caller has the profile and has closed the database.
     *
     * @throws TidemarkException if the database is in use or a file cannot be written; the database is as it was
     */
    public Outcome run(Plan plan) {
        Path aside = backups.aside(".damaged-");
        Backup backup = plan.backup();
        int missing = backup == null ? 0 : backups.restoreAttachments(backup);
        Maintenance.Rebuild done = Database.rebuild(
                backups.folders().database(), backup == null ? null : backup.file(), aside, LibrarySchema.SCHEMA);
        LOG.info("The damaged library is kept as {}; rebuilt: {}", aside, done);
        return new Outcome(plan, done, aside, missing);
    }
}
