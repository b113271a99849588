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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the database and the attachments of a library on this device, and repairs what this device can. Thread-safe.
 */
public record LibraryRepair(Backups backups, Database database) {
    private static final double SHARE_OF_DATABASE = 0.5;

    /**
     * What a check found.
     *
     * @param database the findings of the engine
     * @param titles the titles of items that differ from their changes, by id; without those that no longer exist
     * @param attachments the attachments whose content is damaged, or missing although a backup has it
     * @param elsewhere how many attachments are not on this device
     */
    public record Findings(
            Maintenance.CheckReport database,
            Map<UUID, String> titles,
            List<BadAttachment> attachments,
            long elsewhere) {
        /** Copies the collections. */
        public Findings {
            titles = Map.copyOf(titles);
            attachments = List.copyOf(attachments);
        }

        /** Whether all is well. */
        public boolean isSound() {
            return database.isSound() && attachments.isEmpty();
        }

        /** Whether a repair would change anything. */
        public boolean isRepairable() {
            return repairsDatabase() || attachments.stream().anyMatch(BadAttachment::inBackup);
        }

        /** Whether a repair would write to the database. */
        boolean repairsDatabase() {
            return database.damage().isEmpty() ? !database.isSound() : database.isRepairable();
        }
    }

    /**
     * An attachment without sound content on this device.
     *
     * @param damaged whether there is a file with other content; otherwise there is none
     * @param inBackup whether a backup has the content
     */
    public record BadAttachment(UUID id, String name, BlobId content, boolean damaged, boolean inBackup) {}

    /**
     * What a repair did.
     *
     * @param before what the check found just before
     * @param report what the engine did; {@code null} if the database needed nothing or cannot be repaired
     * @param backup the backup made before; {@code null} if the database was not changed, or the report names a copy
     * @param attachments how many attachments were brought back from a backup
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
     * Checks everything and changes nothing.
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
            // Rows of a damaged file may be wrong.
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
        if (!Files.isRegularFile(inBackups(id))) {
            return false;
        }
        try (InputStream content = Files.newInputStream(inBackups(id))) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                hash.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(hash.digest()).equals(id.hex());
        } catch (IOException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** What becomes of rows that differ from their changes. */
    public enum Differences {
        /** They get the values of the changes. */
        RESTORED,
        /** They become edits of this device. A checkpoint made before keeps the values of the changes. */
        ADOPTED
    }

    /**
     * Checks everything, then repairs it. Before it writes to the database it makes a backup.
     *
     * @param progress receives the share that is done, from 0 to 1, on this thread
     * @throws dev.tidemark.app.model.ProblemException if the backup cannot be made; the database was not changed
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
        // While indexes are damaged, no checked copy can be made: the engine makes one as it is.
        Backup backup = found.database().damage().isEmpty() ? backups.make(database) : null;
        // A library whose clock is ahead refuses writes, and its repair drops the history that a checkpoint needs.
        boolean adopts = differences == Differences.ADOPTED;
        if (adopts
                && !found.database().differences().isEmpty()
                && !found.database().isClockAhead()) {
            new Checkpoints(database, backups.clock())
                    .makeBefore(Messages.text(
                            Keys.CHECKPOINTS_BEFORE_REPAIR,
                            Checkpoints.nameOf(backups.clock().instant())));
        }
        Maintenance maintenance = database.maintenance();
        Maintenance.RepairReport report = adopts ? maintenance.adopt() : maintenance.repair();
        progress.accept(1);
        return new Outcome(found, report, backup, restored);
    }
}
