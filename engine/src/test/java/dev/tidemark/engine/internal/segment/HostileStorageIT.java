package dev.tidemark.engine.internal.segment;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.tidemark.engine.ChildProcess;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Durability;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessagePack;

/** A device with 512 MB of memory syncs although the storage has files made to exhaust it. */
@Proof
class HostileStorageIT {
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
            .synced("todo")
            .build();

    private static final int ROWS = 100;
    private static final int REPLICAS = 60_000_000;
    private static final int TABLES = 10_000_000;
    private static final int TITLE = 400_000_000;

    /** As writers have it. */
    private static final int LEVEL = 6;

    private static final int PIECE = 1 << 16;

    @TempDir
    Path folder;

    private final List<String> planted = new ArrayList<>();

    private static Database open(Path file) {
        return Database.open(file, SCHEMA, DatabaseOptions.DEFAULT.with(Durability.NONE));
    }

    /** The device with little memory. */
    public static void main(String[] arguments) {
        try (Database device = open(Path.of(arguments[0]));
                RemoteStorage storage = FolderStorage.open(Path.of(arguments[1]))) {
            SyncReport report = RemoteLibrary.open(device, storage).sync();
            report.quarantined().forEach(file -> System.out.println("unverified " + file.name()));
            System.out.println("pulled " + report.pulled());
        }
    }

    private Path place(SegmentName name) throws IOException {
        planted.add(name.toString());
        Path file = folder.resolve("shared").resolve(name.toString());
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Takes nothing on the disk. */
    private void plantSparse(int number) throws IOException {
        Path file = place(new SegmentName(new ReplicaId(number), 1, 1, CHAIN, "0123456789abcdef0123456789abcdef"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (1L << 30) - 1);
        }
    }

    /** A segment of one change with this content, which is never in memory as a whole. */
    private void plant(int number, UUID library, byte[] begin, byte[] repeated, long times, byte[] end)
            throws IOException {
        ReplicaId replica = new ReplicaId(number);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        InputStream content = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(begin), repeated(repeated, times)),
                new ByteArrayInputStream(end));
        long length = begin.length + repeated.length * times + end.length;
        compress(content, length, body);
        byte[] header =
                new SegmentHeader(library, 1, replica, 1, 1, ChainDigest.start(replica), CHAIN, 0).encode(length);
        byte[] file = FileFrame.wrap(FileFrame.KIND_SEGMENT, header, body.toByteArray());
        assertThat(file.length).isLessThan(500_000);
        Files.write(place(new SegmentName(replica, 1, 1, CHAIN, FileFrame.hashOf(file))), file);
    }

    private static void compress(InputStream content, long length, ByteArrayOutputStream frame) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(PIECE);
        ByteBuffer out = ByteBuffer.allocateDirect(PIECE);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(LEVEL);
            context.setChecksum(true);
            context.setPledgedSrcSize(length);
            EndDirective directive = EndDirective.CONTINUE;
            while (true) {
                byte[] piece = content.readNBytes(PIECE);
                if (piece.length < PIECE) {
                    directive = EndDirective.END;
                }
                in.clear().put(piece).flip();
                boolean isFlushed;
                do {
                    isFlushed = context.compressDirectByteBufferStream(out.clear(), in, directive);
                    byte[] written = new byte[out.flip().remaining()];
                    out.get(written);
                    frame.writeBytes(written);
                } while (in.hasRemaining() || (directive == EndDirective.END && !isFlushed));
                if (directive == EndDirective.END) {
                    return;
                }
            }
        }
    }

    /** The bytes so many times; a piece of them at a time. */
    private static InputStream repeated(byte[] bytes, long times) {
        long piece = PIECE;
        byte[] many = new byte[Math.toIntExact(piece * bytes.length)];
        for (int index = 0; index < many.length; index++) {
            many[index] = bytes[index % bytes.length];
        }
        Stream<InputStream> whole =
                LongStream.range(0, times / piece).mapToObj(number -> new ByteArrayInputStream(many));
        InputStream rest = new ByteArrayInputStream(many, 0, (int) (times % piece) * bytes.length);
        return new SequenceInputStream(
                Collections.enumeration(Stream.concat(whole, Stream.of(rest)).toList()));
    }

    /** What a writer makes of a change with a long title, with another number of letters in the title. */
    private void plantTitle(int number, UUID library) throws Exception {
        int sample = 9_000_000;
        Change change = new Change(
                new Dot(new ReplicaId(number), 1),
                1_000L << HlcTimestamp.COUNTER_BITS,
                1_000L,
                CausalContext.EMPTY,
                Change.Kind.INSERT,
                "todo",
                new UUID(0x7000, Long.MIN_VALUE),
                Map.of("title", "x".repeat(sample)));
        SegmentEncoder.Encoded encoded = new SegmentEncoder(library, 1).encode(List.of(change));
        FileFrame.Parts parts = FileFrame.unwrap("sample", FileFrame.KIND_SEGMENT, encoded.content());
        byte[] header = new byte[parts.header().remaining()];
        parts.header().get(header);
        byte[] body = Compression.decompress(
                parts.body(),
                SegmentHeader.decode(MessagePack.newDefaultUnpacker(header), header.length)
                        .bodyLength());
        int title = indexOf(body, sample) + Integer.BYTES;
        replace(body, 2 * sample, 2 * TITLE);
        // The length of the stream that holds it.
        replace(body, sample, TITLE);
        plant(
                number,
                library,
                Arrays.copyOf(body, title),
                new byte[] {'x'},
                TITLE,
                Arrays.copyOfRange(body, title + sample, body.length));
    }

    private static int indexOf(byte[] body, int number) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        for (int index = 0; index + Integer.BYTES <= body.length; index++) {
            if (buffer.getInt(index) == number) {
                return index;
            }
        }
        return -1;
    }

    private static void replace(byte[] body, int number, int other) {
        int index = indexOf(body, number);
        assertThat(index).isNotNegative();
        ByteBuffer.wrap(body).putInt(index, other);
    }

    @Test
    void aDeviceWithLittleMemorySyncsBesideFilesThatClaimMoreThanItHas() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        UUID library;
        try (Database healthy = open(folder.resolve("healthy.db"));
                RemoteStorage storage = FolderStorage.open(shared)) {
            for (int row = 0; row < ROWS; row++) {
                String title = "row " + row;
                healthy.write(tx -> tx.execute("INSERT INTO todo VALUES (?, ?)", Ids.next(), title));
            }
            RemoteLibrary.open(healthy, storage).sync();
            library = healthy.library();
        }
        for (int number = 1; number <= 8; number++) {
            plantSparse(number);
        }
        byte[] replicas =
                ByteBuffer.allocate(5).put((byte) 0xdd).putInt(REPLICAS).array();
        plant(9, library, replicas, new byte[] {1}, REPLICAS, new byte[0]);
        byte[] tables = ByteBuffer.allocate(6)
                .put((byte) 0x90)
                .put((byte) 0xdd)
                .putInt(TABLES)
                .array();
        plant(10, library, tables, new byte[] {(byte) 0x92, (byte) 0xa1, 't', (byte) 0x90}, TABLES, new byte[0]);
        plantTitle(11, library);

        Path file = folder.resolve("small.db");
        Path output = folder.resolve("output.txt");
        Process device = ChildProcess.of(HostileStorageIT.class, List.of("-Xmx512m"), file, shared)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(device.waitFor()).as(Files.readString(output)).isZero();
        List<String> said = Files.readAllLines(output);
        assertThat(said).contains("pulled " + ROWS);
        assertThat(said)
                .containsAll(planted.stream().map(name -> "unverified " + name).toList());
        try (Database database = open(file)) {
            assertThat(database.list(
                            Query.of("SELECT count(*) AS rows FROM todo").map(row -> row.integer("rows"))))
                    .containsExactly((long) ROWS);
        }
    }
}
