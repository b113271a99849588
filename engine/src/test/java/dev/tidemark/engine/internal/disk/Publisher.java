package dev.tidemark.engine.internal.disk;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * A process that saves and syncs in turns. Before each put it writes the object's name to a file beside the database,
 * so that the shim's log shows the order.
 */
final class Publisher {
    private Publisher() {}

    static ProcessBuilder process(Path folder, String durability, int syncs) {
        return ChildProcess.of(Publisher.class, List.of(), folder, durability, syncs)
                .redirectErrorStream(true);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (FileOutputStream puts = new FileOutputStream(
                        folder.resolve(Committer.ACKNOWLEDGED).toFile(), true);
                Database database = Database.open(
                        folder.resolve(Committer.DATABASE),
                        Committer.SCHEMA,
                        DatabaseOptions.DEFAULT.with(Committer.durability(arguments[1])))) {
            RemoteLibrary library = RemoteLibrary.open(database, new Telling(new MemoryStorage(), puts));
            UUID note = Ids.next();
            save(database, note);
            for (int sync = 0; sync < Integer.parseInt(arguments[2]); sync++) {
                save(database, Ids.next());
                // A long text that is saved again and again, and squashed unless it was published.
                for (int version = 0; version < 3; version++) {
                    String body = "A long text, version " + sync + "." + version + ". ".repeat(300);
                    database.write(tx -> tx.execute("UPDATE entry SET body = ? WHERE id = ?", body, note));
                }
                library.sync();
            }
        }
    }

    private static void save(Database database, UUID id) {
        database.write(tx -> tx.execute("INSERT INTO entry(id, writer, number, body) VALUES (?, 0, 0, 'x')", id));
    }

    /** Says which file it is about to put, with its content in hex, in one call of the system. */
    private record Telling(RemoteStorage storage, FileOutputStream puts) implements RemoteStorage {
        @Override
        public void put(String name, byte[] content) {
            try {
                String hex = java.util.HexFormat.of().formatHex(content);
                puts.write((name + " " + hex + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            storage.put(name, content);
        }

        @Override
        public List<StoredObject> list(String prefix, String after) {
            return storage.list(prefix, after);
        }

        @Override
        public byte[] get(String name) {
            return storage.get(name);
        }

        @Override
        public void delete(String name) {
            storage.delete(name);
        }

        @Override
        public String description() {
            return storage.description();
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
