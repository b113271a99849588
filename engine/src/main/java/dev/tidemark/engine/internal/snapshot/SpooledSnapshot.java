package dev.tidemark.engine.internal.snapshot;

import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies the parts of a snapshot into a temporary file. A slow upload therefore does not keep a read transaction open,
 * which would keep SQLite from restarting the WAL. Not thread-safe.
 *
 * <p>The file is in the database's folder, because it contains the same data. The operating system removes the file
 * when it is closed, even if the program is killed.
 */
public final class SpooledSnapshot implements Snapshot {
    /** The position of a part in the file. */
    private record PartPosition(long length, long at, int size) {}

    private final String name;
    private final VersionVector vector;
    private final Map<ReplicaId, ChainHash> chains;
    private final long clock;
    private final FileChannel file;
    private final List<PartPosition> places = new ArrayList<>();
    private int position;

    private SpooledSnapshot(Snapshot snapshot, FileChannel file) {
        this.name = snapshot.name();
        this.vector = snapshot.vector();
        this.chains = snapshot.chains();
        this.clock = snapshot.clock();
        this.file = file;
    }

    /** Copies all parts of a snapshot, and closes the snapshot. */
    public static SpooledSnapshot of(Snapshot snapshot, Path folder) {
        try (snapshot) {
            Path path = Files.createTempFile(folder, "tidemark-snapshot-", ".tmp");
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                SpooledSnapshot spooled = new SpooledSnapshot(snapshot, file);
                for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
                    spooled.write(part);
                }
                return spooled;
            } catch (IOException | RuntimeException | Error e) {
                closeAfter(file, e);
                throw e;
            }
        } catch (IOException e) {
            throw new QueryException(e, Problem.SNAPSHOT_NOT_WRITTEN, folder, ErrorText.of(e));
        }
    }

    private static void closeAfter(FileChannel file, Throwable failure) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void write(Snapshot.Part part) throws IOException {
        places.add(new PartPosition(part.length(), file.position(), part.content().length));
        ByteBuffer content = ByteBuffer.wrap(part.content());
        while (content.hasRemaining()) {
            file.write(content);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public VersionVector vector() {
        return vector;
    }

    @Override
    public Map<ReplicaId, ChainHash> chains() {
        return chains;
    }

    @Override
    public long clock() {
        return clock;
    }

    @Override
    public Snapshot.@Nullable Part next() {
        if (position == places.size()) {
            return null;
        }
        PartPosition place = places.get(position);
        ByteBuffer content = ByteBuffer.allocate(place.size());
        try {
            while (content.hasRemaining()) {
                if (file.read(content, place.at() + content.position()) < 0) {
                    throw new QueryException(
                            Problem.SNAPSHOT_NOT_WRITTEN, name, "The temporary file ends before its time.");
                }
            }
        } catch (IOException e) {
            throw new QueryException(e, Problem.SNAPSHOT_NOT_WRITTEN, name, ErrorText.of(e));
        }
        position++;
        return new Snapshot.Part(place.length(), content.array());
    }

    @Override
    public void skip(int parts) {
        position = Math.min(places.size(), position + parts);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new QueryException(e, Problem.SNAPSHOT_NOT_WRITTEN, name, ErrorText.of(e));
        }
    }
}
