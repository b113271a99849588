package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Devices that sync through a folder each, as with Syncthing or a USB stick: a carrier copies files between the
 * folders, and a device sees only its own. {@code <device>/} contains profile and folder, so that an image of both can
 * be saved and restored. Clocks stop until the test advances them.
 */
abstract class CarriedFoldersFixture {
    static final Schema SCHEMA = Schema.builder()
            .migration("create", """
                CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT NOT NULL, note TEXT);
                CREATE TABLE picture(id BLOB PRIMARY KEY NOT NULL, name TEXT, content BLOB)\
                """)
            .synced("todo", "picture")
            .blobs("picture", "content")
            .build();

    @TempDir
    Path root;

    final SetClock clock = new SetClock("2026-01-01T00:00:00Z");
    private final Map<String, Duration> clockErrors = new HashMap<>();
    private final Map<String, Database> open = new LinkedHashMap<>();
    private final Map<String, Set<String>> carried = new HashMap<>();
    private boolean carriesDeletes;

    @AfterEach
    void closeAll() {
        open.values().forEach(Database::close);
    }

    /**
     * From now on the carrier removes a file from one folder, too, if it carried it before and it is gone from the
     * other.
     */
    void carryDeletes() {
        carriesDeletes = true;
    }

    /** This device's clock is ahead of the others by so much. */
    void setClockAhead(String name, Duration time) {
        clockErrors.put(name, time);
    }

    InstantSource clockOf(String name) {
        return () -> clock.instant().plus(clockErrors.getOrDefault(name, Duration.ZERO));
    }

    Database device(String name) {
        return open.computeIfAbsent(name, each -> {
            Path file = inside(() -> Files.createDirectories(root.resolve(each).resolve("profile")))
                    .resolve("library.db");
            return Database.open(file, SCHEMA, options(each));
        });
    }

    DatabaseOptions options(String name) {
        return DatabaseOptions.DEFAULT.with(Durability.NONE).with(clockOf(name)).named(name);
    }

    Path folder(String name) {
        return folder(name, "folder");
    }

    /** Another folder of the device, for a library that changes its storage. */
    Path folder(String name, String folder) {
        return inside(() -> Files.createDirectories(root.resolve(name).resolve(folder)));
    }

    RemoteLibrary library(String name) {
        return library(name, "folder");
    }

    RemoteLibrary library(String name, String folder) {
        return RemoteLibrary.open(device(name), FolderStorage.open(folder(name, folder)), "", clockOf(name));
    }

    /** Each device syncs with its own folder, a second after the one before. */
    void sync(String... names) {
        for (String name : names) {
            syncOnce(name);
        }
    }

    SyncReport syncOnce(String name) {
        clock.pass(Duration.ofSeconds(1));
        return library(name).sync();
    }

    /** Files go both ways between the folders of these devices, as by {@code cp -rn}, until all have the same. */
    void carry(String... names) {
        carryFolders(Stream.of(names).map(this::folder).toList());
    }

    void carryFolders(List<Path> folders) {
        for (int round = 0; round < 2; round++) {
            for (int one = 0; one < folders.size(); one++) {
                for (int other = one + 1; other < folders.size(); other++) {
                    carry(folders.get(one), folders.get(other));
                }
            }
        }
    }

    private void carry(Path one, Path other) {
        Set<String> before = carried.computeIfAbsent(one + "|" + other, pair -> new HashSet<>());
        if (carriesDeletes) {
            for (String name : before) {
                boolean isGone = !Files.exists(one.resolve(name)) || !Files.exists(other.resolve(name));
                if (isGone) {
                    inside(() -> Files.deleteIfExists(one.resolve(name)));
                    inside(() -> Files.deleteIfExists(other.resolve(name)));
                }
            }
        }
        copyMissing(one, other, name -> true);
        copyMissing(other, one, name -> true);
        before.clear();
        before.addAll(names(one));
    }

    /** The carrier takes up this device anew: what was gone from its folder before is not removed from others. */
    void forgetCarried(String name) {
        carried.keySet().removeIf(pair -> pair.contains(folder(name).toString()));
    }

    /** As {@code cp -rn}, of the files whose names say so: a carrier may be in the middle of its work. */
    void copyMissing(Path from, Path to, Predicate<String> which) {
        for (String name : names(from)) {
            Path copy = to.resolve(name);
            if (which.test(name) && !Files.exists(copy)) {
                inside(() -> Files.createDirectories(copy.getParent()));
                inside(() -> Files.copy(from.resolve(name), copy));
            }
        }
    }

    /** The files of a folder by their names, without what is only half written. */
    static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.startsWith("v1/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** They sync and their folders are carried until nothing moves any more; then all show the same. */
    void settle(String... names) {
        for (int round = 0; round < 4; round++) {
            carry(names);
            sync(names);
        }
        carry(names);
        for (String name : names) {
            SyncReport last = syncOnce(name);
            assertThat(last.isComplete()).as(name + ": " + last).isTrue();
            assertThat(last.pushed() + last.pulled()).as(name + ": " + last).isZero();
        }
        assertSame(names);
    }

    void assertSame(String... names) {
        for (String name : names) {
            assertThat(device(name).dump()).as(name).isEqualTo(device(names[0]).dump());
            assertThat(device(name).hiddenRows())
                    .as(name)
                    .isEqualTo(device(names[0]).hiddenRows());
            assertThat(conflicts(name)).as(name).isEqualTo(conflicts(names[0]));
            assertThat(incomplete(name)).as(name).isEqualTo(incomplete(names[0]));
        }
    }

    /** Which columns of which rows are in conflict. */
    Set<String> conflicts(String name) {
        return device(name).conflicts().stream()
                .map(conflict -> conflict.row() + " " + conflict.column())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many rows are only known in part: an edit arrived here after the row was garbage-collected. */
    long incomplete(String name) {
        return ((SqliteDatabase) device(name))
                .query(statements ->
                        statements.list("SELECT count(*) FROM tm_row WHERE status & 7 = 3", row -> row.getLong(1)))
                .getFirst();
    }

    /** Copies the profile and the folder of a device, as a disk image does. */
    void takeImage(String name, String image) {
        close(name);
        copyTree(root.resolve(name), root.resolve("images").resolve(image));
    }

    void restoreImage(String name, String image) {
        close(name);
        deleteTree(root.resolve(name));
        copyTree(root.resolve("images").resolve(image), root.resolve(name));
    }

    /** Puts back the profile only: the folder is as it was left. */
    void restoreProfile(String name, String image) {
        close(name);
        deleteTree(root.resolve(name).resolve("profile"));
        copyTree(
                root.resolve("images").resolve(image).resolve("profile"),
                root.resolve(name).resolve("profile"));
    }

    void close(String name) {
        Database database = open.remove(name);
        if (database != null) {
            database.close();
        }
    }

    void daysPass(int days) {
        clock.pass(Duration.ofDays(days));
    }

    void write(String name, String sql, Object... parameters) {
        device(name).write(tx -> tx.execute(sql, parameters));
    }

    UUID add(String name, String title) {
        UUID id = Ids.next();
        write(name, "INSERT INTO todo(id, title) VALUES (?, ?)", id, title);
        return id;
    }

    List<String> titles(String name) {
        return device(name).list(Query.of("SELECT title FROM todo ORDER BY title")).stream()
                .map(row -> row.text("title"))
                .toList();
    }

    List<Row> row(String name, UUID id) {
        return device(name).list(Query.of("SELECT title, note FROM todo WHERE id = ?", id));
    }

    ReplicaId id(String name) {
        return device(name).replica();
    }

    void collectGarbage(String... names) {
        for (String name : names) {
            device(name).maintenance().run(Duration.ofMinutes(1), () -> false);
        }
    }

    boolean isTracked(String name, UUID row) {
        return StateDump.of(device(name)).contains(row.toString());
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException e)
                        throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    interface FileWork<T> {
        T run() throws IOException;
    }

    static <T> T inside(FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
