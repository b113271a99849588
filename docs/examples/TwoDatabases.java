import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.sync.SyncEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Two databases that change the same row while apart, and agree afterwards: java -cp 'lib/*' TwoDatabases.java */
public final class TwoDatabases {
    record Note(UUID id, String title, boolean done) {}

    private static final Schema SCHEMA =
            Schema.builder().migration("notes", """
                CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT, done INTEGER NOT NULL DEFAULT 0)\
                """).synced("note").build();

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("two-databases");
        try (Database laptop = open(folder, "laptop");
                Database phone = open(folder, "phone")) {
            UUID id = Ids.next();
            laptop.write(tx -> tx.save("note", new Note(id, "Buy milk", false)));
            sync(laptop, phone);
            System.out.println("The phone has: " + titles(phone));

            laptop.write(tx -> tx.execute("UPDATE note SET title = 'Buy oat milk' WHERE id = ?", id));
            phone.write(tx -> tx.execute("UPDATE note SET done = 1 WHERE id = ?", id));
            phone.write(tx -> tx.execute("UPDATE note SET title = 'Buy soy milk' WHERE id = ?", id));
            sync(laptop, phone);
            System.out.println("Both have:     " + titles(laptop));
            System.out.println("Both agree:    " + laptop.dump().equals(phone.dump()));
            for (Conflict conflict : laptop.conflicts()) {
                Object lost = conflict.loser().value();
                System.out.println("What lost:     " + lost + " of " + conflict.column());
                laptop.write(tx -> tx.execute("UPDATE note SET title = ? WHERE id = ?", lost, id));
            }
            sync(laptop, phone);
            System.out.println("Given back:    " + titles(phone) + ", conflicts left: "
                    + phone.conflicts().size());
        }
    }

    private static Database open(Path folder, String name) {
        return Database.open(folder.resolve(name + ".db"), SCHEMA, DatabaseOptions.DEFAULT.named(name));
    }

    private static void sync(Database one, Database other) {
        SyncEngine.sync(one.changelog(), other.changelog());
    }

    private static String titles(Database database) {
        return database.list(Query.of("SELECT * FROM note").as(Note.class)).toString();
    }
}
