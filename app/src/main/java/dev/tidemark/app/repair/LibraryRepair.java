package dev.tidemark.app.repair;

import dev.tidemark.app.backup.Backup;
import dev.tidemark.app.backup.Backups;
import dev.tidemark.app.checkpoints.Checkpoints;
import dev.tidemark.app.model.DerivedId;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the database and attachments of a library on this device, and repairs them if possible. Thread-safe. */
public record LibraryRepair(Backups backups, Database database) {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryRepair.class);
    private static final double SHARE_OF_DATABASE = 0.5;

    /**
     * The findings of a check.
     *
     * @param database the findings of the engine
     * @param titles the titles of existing items that differ from their changes, keyed by item id
     * @param attachments the attachments whose content is damaged, or missing although a backup has it
     * @param elsewhere the number of attachments that are neither on this device nor in a backup
     */
    public record Findings(
            Maintenance.CheckReport database,
            Map<UUID, String> titles,
            List<BadAttachment> attachments,
            long elsewhere) {
        public Findings {
            titles = Map.copyOf(titles);
            attachments = List.copyOf(attachments);
        }

        /** Returns whether the check found nothing to repair. */
        public boolean isSound() {
            return database.isSound() && attachments.isEmpty();
        }

        /** Returns whether a repair would change anything. */
        public boolean isRepairable() {
            return repairsDatabase() || attachments.stream().anyMatch(BadAttachment::inBackup);
        }

        /** Returns whether a repair would write to the database. */
        boolean repairsDatabase() {
            return database.damage().isEmpty() ? !database.isSound() : database.isRepairable();
        }
    }

    /**
     * An attachment whose content on this device is damaged or missing.
     *
     * @param damaged whether the file exists with wrong content; if {@code false}, the file is missing
     * @param inBackup whether a backup has the content
     */
    public record BadAttachment(UUID id, String name, BlobId content, boolean damaged, boolean inBackup) {}

    /**
     * The result of a repair.
     *
     * @param before the findings before the repair
     * @param report the report of the engine; {@code null} if the database did not need repair or cannot be repaired
     * @param backup the backup made before the repair; {@code null} if the database was not changed, or if the engine
     *     made the copy that the report names
     * @param attachments the number of attachments restored from a backup
     */
    public record Outcome(
            Findings before,
            Maintenance.@Nullable RepairReport report,
            @Nullable Backup backup,
            long attachments) {}

    /** As {@link #check(BooleanSupplier, DoubleConsumer)}, to the end. */
    public Findings check(DoubleConsumer progress) {
        return check(() -> false, progress);
    }

    /**
     * Checks the database and all attachments. Changes nothing.
     *
     * @param cancelled called often, on this thread; ends the check when it returns true
     * @param progress receives the share that is done, from 0 to 1, on this thread
     * <p>{@link LastCheck} then has the result.
     *
     * @throws CancellationException if the check was ended
     * @throws dev.tidemark.engine.problem.TidemarkException if the database cannot be read
     */
    public Findings check(BooleanSupplier cancelled, DoubleConsumer progress) {
        Findings found = find(cancelled, progress);
        record(
                found.isSound()
                        ? LastCheck.Result.SOUND
                        : found.isRepairable() ? LastCheck.Result.REPAIRABLE : LastCheck.Result.DAMAGED);
        return found;
    }

    private void record(LastCheck.Result result) {
        new LastCheck(backups.folders())
                .write(new LastCheck.Entry(backups.clock().instant(), result));
    }

    private Findings find(BooleanSupplier cancelled, DoubleConsumer progress) {
        progress.accept(0);
        Maintenance.CheckReport report = database.maintenance().check(cancelled);
        if (!report.damage().isEmpty()) {
            // The rows of a damaged file may be wrong, so they are not checked.
            return new Findings(report, Map.of(), List.of(), 0);
        }
        progress.accept(SHARE_OF_DATABASE);
        List<Row> rows = database.list(Query.of("SELECT id, name, content FROM attachment ORDER BY id"));
        List<BadAttachment> bad = new ArrayList<>();
        long elsewhere = 0;
        for (int index = 0; index < rows.size(); index++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("The check was cancelled");
            }
            Row row = rows.get(index);
            byte[] content = row.blob("content");
            if (content != null && BlobId.isBlobId(content)) {
                BlobId id = BlobId.of(content);
                boolean isHere = database.blobs().isLocal(id);
                if (!isHere || !isSound(id)) {
                    boolean inBackup = isInBackup(id);
                    if (isHere || inBackup) {
                        bad.add(new BadAttachment(
                                DerivedId.ofBytes(Objects.requireNonNull(row.blob("id"))),
                                Objects.requireNonNullElse(row.text("name"), ""),
                                id,
                                isHere,
                                inBackup));
                    } else {
                        elsewhere++;
                    }
                }
            }
            progress.accept(SHARE_OF_DATABASE + (1 - SHARE_OF_DATABASE) * (index + 1) / rows.size());
        }
        return new Findings(report, titles(report), bad, elsewhere);
    }

    private Map<UUID, String> titles(Maintenance.CheckReport report) {
        Map<UUID, String> titles = new java.util.HashMap<>();
        for (Maintenance.Difference each : report.differences()) {
            UUID id = each.row();
            if (id != null && each.table().equals("item")) {
                database.optional(Query.of("SELECT id, title FROM item WHERE id = ?", id)
                                .map(row -> Objects.requireNonNullElse(row.text("title"), "")))
                        .ifPresent(title -> titles.put(id, title));
            }
        }
        return titles;
    }

    private boolean isSound(BlobId id) {
        try (InputStream content = database.blobs().open(id)) {
            return content.read() >= 0;
        } catch (BlobException | IOException e) {
            return false;
        }
    }

    private Path inBackups(BlobId id) {
        return backups.attachments().resolve(id.hex());
    }

    private boolean isInBackup(BlobId id) {
        try {
            return backups.hasAttachment(id.hex());
        } catch (IOException e) {
            LOG.warn("The copy of attachment {} in the backups cannot be read", id, e);
            return false;
        }
    }

    /** How a repair treats rows that differ from their changes. */
    public enum Differences {
        /** The rows get the values of their changes. */
        RESTORED,
        /**
         * The rows keep their values, which become edits of this device. A checkpoint keeps the values of the changes.
         */
        ADOPTED
    }

    /**
     * Checks the database and all attachments, then repairs them. Creates a backup before writing to the database.
     *
     * @param progress receives the share that is done, from 0 to 1, on this thread
     * @throws dev.tidemark.app.model.ProblemException if the backup cannot be made; in this case, the database was not
     *     changed
     * @throws dev.tidemark.engine.problem.TidemarkException if the database cannot be read or written
     */
    public Outcome repair(Differences differences, DoubleConsumer progress) {
        Findings found = check(share -> progress.accept(share / 2));
        long restored = 0;
        for (BadAttachment each : found.attachments()) {
            if (each.inBackup()) {
                restored += database.blobs().add(inBackups(each.content())).equals(each.content()) ? 1 : 0;
            }
        }
        if (!found.repairsDatabase()) {
            progress.accept(1);
            return new Outcome(found, null, null, restored);
        }
        // A backup of a database with damaged indexes would not verify, so the engine makes a plain copy instead.
        Backup backup = found.database().damage().isEmpty() ? backups.create(database) : null;
        // A library whose clock is ahead refuses writes, so it cannot make a checkpoint. Its repair also drops the
        // history that a checkpoint needs.
        boolean adopts = differences == Differences.ADOPTED;
        if (adopts
                && !found.database().differences().isEmpty()
                && !found.database().isClockAhead()) {
            new Checkpoints(database, backups.clock())
                    .createBefore(Messages.text(
                            Keys.CHECKPOINTS_BEFORE_REPAIR,
                            Checkpoints.nameOf(backups.clock().instant())));
        }
        Maintenance maintenance = database.maintenance();
        Maintenance.RepairReport report = adopts ? maintenance.adopt() : maintenance.repair();
        progress.accept(1);
        return new Outcome(found, report, backup, restored);
    }
}
