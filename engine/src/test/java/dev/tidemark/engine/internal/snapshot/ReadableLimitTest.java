package dev.tidemark.engine.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentEncoder;
import dev.tidemark.engine.internal.segment.SegmentReader;
import dev.tidemark.engine.internal.snapshot.SnapshotRow.WinningWrite;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 512 MB of memory, a change of 16 MB and a row of 32 MB are the largest that are read (decision 51). */
@Proof
class ReadableLimitTest {
    private static final Dot DOT = new Dot(new ReplicaId(7), 1);
    private static final long TIME = 1_000L << HlcTimestamp.COUNTER_BITS;
    private static final UUID ROW = new UUID(0x7000, Long.MIN_VALUE);

    /** Reads a change, or a row, with a value of so many bytes, and says what came of it. */
    public static void main(String[] arguments) throws IOException {
        byte[] value = new byte[Integer.parseInt(arguments[1])];
        try {
            if (arguments[0].equals("change")) {
                readChange(value);
            } else {
                readRow(value);
            }
            System.out.print("read");
        } catch (DamagedFileException | FormatException e) {
            System.out.print("refused: " + e.getMessage());
        }
    }

    private static void readChange(byte[] value) {
        Change change = new Change(
                DOT, TIME, 1_000L, CausalContext.EMPTY, Change.Kind.INSERT, "todo", ROW, Map.of("note", value));
        SegmentEncoder.Encoded segment = new SegmentEncoder(new UUID(1, 2), 1).encode(List.of(change));
        SegmentReader.open(segment.name(), segment.content()).next();
    }

    private static void readRow(byte[] value) throws IOException {
        WinningWrite write = new WinningWrite(DOT, TIME, 0, false, false, true, List.of("note"));
        PartWriter writer = new PartWriter();
        writer.add(new SnapshotRow("todo", ROW, List.of(write), List.of(), Map.of("note", value)));
        PartReader.open(writer.toPart()).next();
    }

    @ParameterizedTest
    @CsvSource({"change, 15000000, read", "change, 17000000, refused", "row, 30000000, read", "row, 34000000, refused"})
    void noChangeAboveA32ndAndNoRowAboveA16thOfTheMemoryIsRead(String what, int bytes, String outcome)
            throws Exception {
        Process child = ChildProcess.of(ReadableLimitTest.class, List.of("-Xmx512m"), what, bytes)
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).startsWith(outcome).doesNotContain("OutOfMemory");
    }
}
