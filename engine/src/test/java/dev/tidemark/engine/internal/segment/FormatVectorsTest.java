package dev.tidemark.engine.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.ChainHash;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.ColumnarWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes that docs/file-format.md gives as an example are those of the encoder. */
class FormatVectorsTest {
    private static final UUID LIBRARY = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static final ReplicaId REPLICA = new ReplicaId(0x0123456789abcdefL);
    private static final ReplicaId OTHER = new ReplicaId(0x3333333333333333L);
    private static final UUID ROW = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final CausalContext CONTEXT =
            new CausalContext(VersionVector.of(Map.of(OTHER, 7L)), Set.of(new Dot(OTHER, 6)));

    private static Change change(
            int sequence, int transaction, Change.Kind kind, Map<String, @Nullable Object> values) {
        long wall = 1_795_000_000_000L + 1_000 * (transaction - 1);
        long clock = (wall << HlcTimestamp.COUNTER_BITS) + sequence - transaction;
        return new Change(new Dot(REPLICA, sequence), transaction, clock, wall, CONTEXT, kind, "todo", ROW, values);
    }

    private static Map<String, @Nullable Object> inserted() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("done", 0L);
        values.put("key", new byte[] {1, 2});
        values.put("note", null);
        values.put("title", "milk");
        values.put("weight", 1.5);
        return values;
    }

    private static List<Change> changes() {
        return List.of(
                change(1, 1, Change.Kind.INSERT, inserted()),
                change(2, 2, Change.Kind.UPDATE, updated()),
                change(3, 2, Change.Kind.DELETE, Map.of()));
    }

    private static Map<String, @Nullable Object> updated() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("title", "oat milk");
        values.put("done", 1L);
        return values;
    }

    private static byte[] body(List<Change> changes) throws IOException {
        ColumnarWriter columns = new ColumnarWriter();
        for (Change change : changes) {
            columns.add(change);
        }
        return columns.toBytes();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of(System.getProperty("tidemark.root"), "docs", "file-format.md"));
    }

    /** Blocks of the example, without the lines' offsets and explanations. */
    private static List<String> blocks() throws IOException {
        String example = document().split("### An example\n")[1].split("### Meaning\n")[0];
        return Pattern.compile("```\n(.*?)```", Pattern.DOTALL)
                .matcher(example)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static byte[] bytes(String block) {
        return HexFormat.of().parseHex(block.replaceAll("\\s", ""));
    }

    @Test
    void theBodyOfTheDocumentIsThatOfTheEncoder() throws IOException {
        Pattern line = Pattern.compile("([0-9a-f]{4})  ((?:[0-9a-f]{2} ?){1,12})(?: .*)?");
        StringBuilder hex = new StringBuilder();
        for (String each : blocks().getFirst().lines().toList()) {
            Matcher matcher = line.matcher(each);
            assertThat(matcher.matches()).as(each).isTrue();
            assertThat(Integer.parseInt(matcher.group(1), 16)).as(each).isEqualTo(hex.length() / 2);
            hex.append(matcher.group(2).replace(" ", ""));
        }
        assertThat(bytes(hex.toString())).isEqualTo(body(changes()));
    }

    @Test
    void theHeaderAndTheHashesOfTheDocumentAreThoseOfTheEncoder() throws IOException {
        SegmentEncoder.Encoded segment = new SegmentEncoder(LIBRARY, 1).encode(changes());
        byte[] header = bytes(blocks().get(1));
        assertThat(Arrays.copyOfRange(segment.content(), 24, 24 + header.length))
                .isEqualTo(header);
        assertThat(ByteBuffer.wrap(segment.content()).getInt(20)).isEqualTo(header.length);
        ChainDigest digest = new ChainDigest();
        ChainHash hash = ChainDigest.start(REPLICA);
        for (Change change : changes()) {
            hash = digest.next(hash, change);
            assertThat(document()).contains("`" + hash + "`");
        }
        assertThat(segment.header().after()).isEqualTo(hash);
    }

    @Test
    void theErasedBodyOfTheDocumentIsThatOfTheEncoder() throws IOException {
        ChainDigest digest = new ChainDigest();
        List<Change> erased = changes().stream().map(digest::erased).toList();
        assertThat(bytes(blocks().get(2))).isEqualTo(body(erased));
        for (Change change : erased.subList(0, 2)) {
            String hex = HexFormat.of()
                    .formatHex((byte[]) Objects.requireNonNull(change.values().get("digest")));
            assertThat(document()).contains("`" + hex + "`");
        }
    }
}
