package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device of a simulated life: its database file, its folder, and which writes it holds under which numbers. */
final class SimulatedMachine {
    /** What a machine needs of its life. */
    record Surroundings(Replicas replicas, InstantSource trueClock, Random random, IdGenerator ids, List<UUID> rows) {}

    /** A copy of the profile, and of the folder at the same moment. */
    record Image(
            String file,
            int version,
            SimulatedFolder folder,
            int generation,
            Map<Dot, SimulatedWrite> held,
            Set<SimulatedWrite> collected,
            VersionVector known) {}

    private final Surroundings around;
    private final InstantSource clock;
    final HistoryDevice device;
    final Encryption secrets;
    private String name;
    /** How many milliseconds this machine's clock goes wrong. */
    long offset;

    @Nullable
    Image image;

    private SimulatedFolder folder;
    private int generation;
    /** By {@link SimulatedGhostLog#observe}. */
    final Map<Dot, SimulatedWrite> held = new HashMap<>();

    /** The deletes that garbage collection has dropped. */
    final Set<SimulatedWrite> collected = new HashSet<>();

    VersionVector known = VersionVector.EMPTY;
    /** Its id when {@link #held} was noted. */
    @Nullable
    ReplicaId observed;

    SimulatedMachine(
            Surroundings around, String name, int version, long offset, Encryption secrets, SimulatedFolder folder) {
        this.around = around;
        this.name = name;
        this.offset = offset;
        this.secrets = secrets;
        this.folder = folder;
        this.clock = () -> around.trueClock().instant().plusMillis(this.offset);
        this.device = new HistoryDevice(open(name, version), version, around.random(), around.rows());
    }

    @Override
    public String toString() {
        return name;
    }

    SqliteDatabase database() {
        return device.database;
    }

    SimulatedFolder folder() {
        return folder;
    }

    /** How often the library has moved to another storage, as far as this device knows. */
    int generation() {
        return generation;
    }

    void moveTo(int storage, SimulatedFolder inIt) {
        generation = storage;
        folder = inIt;
    }

    /** A note may be an attachment. */
    private Schema schema(int version) {
        byte[] id = new byte[16];
        around.random().nextBytes(id);
        String literal = "x'" + HexFormat.of().formatHex(id) + "'";
        return UpgradeHistoryTest.builder(version, literal)
                .blobs("note", "body")
                .build();
    }

    private SqliteDatabase open(String file, int version) {
        SqliteDatabase database = around.replicas().open(file, schema(version), clock, around.ids());
        database.onEvent(Runnable::run, event -> {
            if (event.message().isBlank()) {
                throw new AssertionError("An event without a sentence: " + event);
            }
        });
        return database;
    }

    /** A second process opens the file, its user does something, and it ends. */
    void actInSecondProcess() {
        try (SqliteDatabase second = open(name, device.version)) {
            new HistoryDevice(second, device.version, around.random(), around.rows()).act();
        }
    }

    /** What the files hold at this moment is what a killed process leaves. */
    void killAndStartAs(String file) {
        copyFiles(name, file);
        database().close();
        goOnWith(file, device.version);
    }

    void upgrade(int version) {
        database().close();
        goOnWith(name, version);
    }

    private void goOnWith(String file, int version) {
        name = file;
        device.version = version;
        device.database = open(file, version);
    }

    Image takeImage(String file) {
        database().update(statements -> 0);
        copyFiles(name, file);
        return new Image(
                file, device.version, folder.copy(), generation, Map.copyOf(held), Set.copyOf(collected), known);
    }

    /** Puts the profile back. */
    void restoreProfile(Image from, String file) {
        database().close();
        copyFiles(from.file(), file);
        goOnWith(file, from.version());
        held.clear();
        held.putAll(from.held());
        collected.clear();
        collected.addAll(from.collected());
        known = from.known();
        observed = database().replica();
    }

    /** Puts the profile and the folder back. */
    void restore(Image from, String file) {
        restoreProfile(from, file);
        moveTo(from.generation(), from.folder().copy());
    }

    /** The log first: what a checkpoint moves meanwhile is in it still. */
    private void copyFiles(String from, String to) {
        try {
            for (String end : List.of("-wal", "")) {
                Path source = path(from, end);
                if (Files.exists(source)) {
                    Files.copy(source, path(to, end));
                }
            }
            copyBlobs(path(from, ".blobs"), path(to, ".blobs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(String file, String end) {
        Path database = around.replicas().file(file);
        return database.resolveSibling(database.getFileName() + end);
    }

    private static void copyBlobs(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectory(to);
        try (Stream<Path> blobs = Files.list(from)) {
            for (Path blob : (Iterable<Path>) blobs.filter(Files::isRegularFile)::iterator) {
                Files.copy(blob, to.resolve(blob.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
