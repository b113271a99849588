package dev.tidemark.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.LibrarySchema;
import dev.tidemark.app.model.NewItem;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.repair.LibraryRepair;
import dev.tidemark.app.repair.LibraryRepair.Differences;
import dev.tidemark.app.settings.ProfileFolders;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage anywhere in an attachment, a backup, its attachments or the files beside it is found and repaired from what is
 * left, and what cannot be is counted. A damaged backup is never restored.
 */
class DamagedBackupTest {
    private static final int QUICK = 8;
    private static final int THOROUGH = 250;
    private static final int ATTACHMENTS = 5;

    @TempDir
    private Path folder;

    private final List<BlobId> attachments = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private String inBackup = "";
    private String now = "";

    @BeforeEach
    void makeProfileWithBackup() throws IOException {
        Random random = new Random(1);
        ProfileFolders folders = ProfileFolders.below(folder.resolve("sound"));
        folders.create();
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            Items items = new Items(database);
            for (int index = 0; index < ATTACHMENTS; index++) {
                byte[] content = new byte[1 + 3000 * index];
                random.nextBytes(content);
                BlobId id = database.blobs().add(new ByteArrayInputStream(content));
                attachments.add(id);
                UUID item = items.add(NewItem.todo("Item number " + index));
                items.inTransaction(writer -> writer.attach(item, "file" + item, id, content.length));
            }
            backups(folders).create(database);
            inBackup = database.dump();
            items.add(NewItem.todo("Since the backup"));
            now = database.dump();
        }
    }

    private static Backups backups(ProfileFolders folders) {
        return new Backups(folders, InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z")));
    }

    @Test
    void damageIsFoundAndRepairedOrCounted() throws IOException {
        damage(QUICK, Seeds.fixed());
    }

    @Proof
    @Test
    void damageAtManyPlacesIsFoundAndRepairedOrCounted() throws IOException {
        damage(THOROUGH, Seeds.ofToday());
    }

    @Test
    void aDamagedCopyInTheBackupsIsReplacedByTheNextBackupAndDamageIsNotBackedUp() throws IOException {
        ProfileFolders folders = ProfileFolders.below(folder.resolve("sound"));
        Path copy = backups(folders).attachments().resolve(attachments.getLast().hex());
        Files.delete(copy);
        Files.writeString(copy, "damaged");
        Path blob = folders.blobs().resolve(attachments.getFirst().hex());
        Files.delete(
                backups(folders).attachments().resolve(attachments.getFirst().hex()));
        Files.writeString(blob, "damaged, too");
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            new Backups(folders, InstantSource.fixed(Instant.parse("2026-11-26T12:00:00Z"))).create(database);
        }
        assertThat(backups(folders).hasAttachment(attachments.getLast().hex())).isTrue();
        assertThat(copy.resolveSibling(attachments.getFirst().hex())).doesNotExist();
    }

    private void damage(int times, long seed) throws IOException {
        Random random = new Random(seed);
        for (int index = 0; index < times; index++) {
            ProfileFolders folders = ProfileFolders.below(folder.resolve("damaged" + index));
            copy(folder.resolve("sound"), folder.resolve("damaged" + index));
            Path damaged = damageOne(folders, random);
            String where = "seed " + seed + ", place " + index + ": " + damaged;
            repair(folders, where);
            restore(folders, where, damaged);
        }
        System.out.println(outcomes + " from seed " + seed);
    }

    /** Copies a profile. Links of attachments become files of their own, as where the file system has no links. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static Path damageOne(ProfileFolders folders, Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : List.of(folders.blobs(), folders.backups())) {
            try (Stream<Path> found = Files.walk(place)) {
                found.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith("lock"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> Files.delete(file);
            case 1 -> Files.write(file, Arrays.copyOf(bytes, at));
            default -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
        }
        return file;
    }

    /** A check finds exactly the attachments that are damaged, and the repair brings them back from the backup. */
    private void repair(ProfileFolders folders, String where) {
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            LibraryRepair repair = new LibraryRepair(backups(folders), database);
            List<BlobId> wrong = wrong(database);
            LibraryRepair.Findings found = repair.check(share -> {});
            assertThat(found.attachments().stream().map(LibraryRepair.BadAttachment::content))
                    .as(where)
                    .containsExactlyElementsOf(wrong);
            repair.repair(Differences.RESTORED, share -> {});
            assertThat(wrong(database)).as(where).isEmpty();
            assertThat(database.dump()).as(where).isEqualTo(now);
            outcomes.merge(wrong.isEmpty() ? "intact library" : "attachment repaired", 1, Integer::sum);
        }
    }

    private List<BlobId> wrong(Database database) {
        return attachments.stream()
                .filter(id -> {
                    try (InputStream content = database.blobs().open(id)) {
                        return content.read() < 0;
                    } catch (BlobException e) {
                        return true;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    /** On a device that lost its attachments, a restore brings back everything, or counts what is missing. */
    private void restore(ProfileFolders folders, String where, Path damaged) throws IOException {
        for (BlobId id : attachments) {
            Files.delete(folders.blobs().resolve(id.hex()));
        }
        Backups backups = backups(folders);
        if (backups.list().isEmpty()) {
            outcomes.merge("no backup", 1, Integer::sum);
            return;
        }
        Backups.Restored restored;
        try {
            restored = backups.restore(backups.list().getFirst());
        } catch (ProblemException e) {
            assertThat(String.valueOf(damaged.getFileName())).as(where).matches(".*\\.(db|sha256)");
            outcomes.merge("refused", 1, Integer::sum);
            try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
                assertThat(database.dump()).as(where).isEqualTo(now);
            }
            return;
        }
        try (Database database = Database.open(folders.database(), LibrarySchema.SCHEMA)) {
            assertThat(database.dump()).as(where).isEqualTo(inBackup);
            assertThat(wrong(database)).as(where).hasSize(restored.missingAttachments());
            outcomes.merge("restored, missing " + restored.missingAttachments(), 1, Integer::sum);
        }
    }
}
