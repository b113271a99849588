package dev.tidemark.engine.internal.snapshot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.Register;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.SiblingWrite;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import dev.tidemark.fuzz.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of a snapshot part with any content are read or refused as malformed. */
class PartFuzzTest {
    private static final long TIME = 1_700_000_000_000L << 12;

    /** A part before compression. */
    @MethodSource("soundRows")
    @FuzzTest
    void rows(byte[] input) {
        try {
            PartReader reader = PartReader.open(
                    new Snapshot.Part(input.length, Compression.compress(input, Compression.Effort.NORMAL)));
            while (reader.next() != null) {
                // Every row is read.
            }
        } catch (FormatException e) {
            // The caller names the part, and sets its snapshot aside.
        }
    }

    static List<byte[]> soundRows() throws IOException {
        ReplicaId one = ReplicaId.parse("0123456789abcdef");
        ReplicaId other = ReplicaId.parse("1123456789abcdef");
        CausalContext context = new CausalContext(VersionVector.of(Map.of(one, 7L)), Set.of(new Dot(one, 5)));
        PartWriter writer = new PartWriter();
        writer.add(new SnapshotRow(
                "item",
                new UUID(1, 2),
                List.of(
                        new WinningWrite(new Dot(one, 3), TIME, 0, false, false, true, List.of("title", "done")),
                        new WinningWrite(new Dot(other, 1), TIME + 9, 5, false, false, false, List.of("note"))),
                List.of(new SiblingWrite(Register.COLUMN, "title", new Dot(other, 2), TIME + 1, -4, context, "Bread")),
                Map.of("title", "Milk", "done", 0L, "note", new byte[] {1, 2})));
        writer.add(new SnapshotRow(
                "list",
                new UUID(1, 3),
                List.of(new WinningWrite(new Dot(one, 4), TIME + 2, 0, true, true, false, List.of())),
                List.of(new SiblingWrite(Register.EXISTENCE, "", new Dot(other, 3), TIME + 3, 0, null, null)),
                Map.of()));
        Snapshot.Part part = writer.toPart();
        return List.of(Compression.decompress(ByteBuffer.wrap(part.content()), part.length()));
    }

    @Test
    void mutationsOfRowsAreReadOrRefused() throws IOException {
        Mutations.run(soundRows(), this::rows);
    }
}
