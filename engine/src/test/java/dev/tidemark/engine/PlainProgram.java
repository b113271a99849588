package dev.tidemark.engine;

import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.storage.StorageUrl;
import dev.tidemark.engine.storage.s3.S3Options;
import dev.tidemark.engine.storage.s3.S3Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The program that {@link OptionalLibrariesTest} runs without optional libraries: two databases with a folder, then a
 * bucket, then encryption.
 */
final class PlainProgram {
    private static final Schema SCHEMA = Schema.builder()
            .migration("notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("note")
            .build();

    private PlainProgram() {}

    /** @param arguments an empty folder */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Path shared = Files.createDirectory(folder.resolve("shared"));
        try (Database ann = Database.open(folder.resolve("ann.db"), SCHEMA);
                Database bob = Database.open(folder.resolve("bob.db"), SCHEMA);
                RemoteStorage storage = FolderStorage.open(shared)) {
            CountDownLatch arrived = new CountDownLatch(1);
            Query<String> titles = Query.of("SELECT title FROM note").map(row -> row.text("title"));
            bob.subscribe(
                    titles,
                    Runnable::run,
                    result -> {
                        if (result.rows().contains("Buy milk")) {
                            arrived.countDown();
                        }
                    },
                    Throwable::printStackTrace);
            ann.write(tx -> tx.execute("INSERT INTO note VALUES (?, ?)", Ids.next(), "Buy milk"));
            RemoteLibrary.open(ann, storage).sync();
            RemoteLibrary.open(bob, storage).sync();
            arrived.await();
            System.out.println("equal: " + ann.dump().equals(bob.dump()));
            refused(
                    "bucket",
                    () -> S3Storage.open(S3Options.of(
                            new StorageUrl.Bucket("notes", "", "http://127.0.0.1:9", "eu"),
                            new S3Options.Credentials("ann", "hush"))));
            Encryption on = Encryption.passphrase(() -> "four words are enough".toCharArray(), code -> {});
            refused(
                    "encryption",
                    () -> RemoteLibrary.open(ann, on.wrap(storage)).sync());
        }
        System.exit(0);
    }

    private static void refused(String what, Runnable work) {
        try {
            work.run();
            System.out.println(what + ": works");
        } catch (TidemarkException e) {
            System.out.println(what + ": " + e.problem().code());
        }
    }
}
