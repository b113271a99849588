package dev.tidemark.engine.internal.segment;

import static dev.tidemark.engine.internal.segment.SegmentFixture.CHAIN;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.codec.Compression;
import dev.tidemark.fuzz.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.core.MessagePack;
import org.msgpack.core.buffer.ByteBufferInput;

/** Segments with a valid checksum and any content are read or refused as damaged. */
class SegmentFuzzTest {
    private static final UUID LIBRARY = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private static final ReplicaId REPLICA = ReplicaId.parse("0123456789abcdef");

    /** The first byte is the number of changes less one, the rest the body before compression. */
    @MethodSource("soundChanges")
    @FuzzTest
    void changes(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        SegmentHeader header = new SegmentHeader(
                LIBRARY, 1, REPLICA, 1, 1 + Byte.toUnsignedLong(input[0]), ChainDigest.start(REPLICA), CHAIN, 0);
        try {
            byte[] content = FileFrame.wrap(
                    FileFrame.KIND_SEGMENT,
                    header.encode(body.length),
                    Compression.compress(body, Compression.Effort.NORMAL));
            read(new SegmentName(REPLICA, 1, header.last(), CHAIN, FileFrame.hashOf(content)), content);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }

    /** The header of a segment without changes. */
    @MethodSource("soundHeaders")
    @FuzzTest
    void header(byte[] input) {
        byte[] content = FileFrame.wrap(
                FileFrame.KIND_SEGMENT, input, Compression.compress(new byte[0], Compression.Effort.NORMAL));
        read(new SegmentName(REPLICA, 1, 3, CHAIN, FileFrame.hashOf(content)), content);
    }

    /** A whole file, which is its own checksum's only judge. */
    @MethodSource("soundFiles")
    @FuzzTest
    void file(byte[] input) {
        read(new SegmentName(REPLICA, 1, 3, CHAIN, "00112233445566778899aabbccddeeff"), input);
    }

    private static void read(SegmentName name, byte[] content) {
        try {
            SegmentReader reader = SegmentReader.open(name, content);
            while (reader.next() != null) {
                // Every change is read.
            }
        } catch (DamagedFileException | NewerFormatException e) {
            // Sync sets the file aside by its name.
        }
    }

    /** Bodies behind their number of changes. */
    static List<byte[]> soundChanges() {
        return soundFiles().stream()
                .map(content -> {
                    FileFrame.Parts parts = FileFrame.unwrap("x", FileFrame.KIND_SEGMENT, content);
                    try {
                        SegmentHeader.Decoded decoded = SegmentHeader.decode(
                                MessagePack.newDefaultUnpacker(
                                        new ByteBufferInput(parts.header().duplicate())),
                                parts.header().remaining());
                        byte[] body = Compression.decompress(parts.body(), decoded.bodyLength());
                        return ByteBuffer.allocate(1 + body.length)
                                .put((byte) (decoded.header().last() - 1))
                                .put(body)
                                .array();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    static List<byte[]> soundHeaders() throws IOException {
        return List.of(
                new SegmentHeader(LIBRARY, 1, REPLICA, 1, 3, ChainDigest.start(REPLICA), CHAIN, 0).encode(0),
                new SegmentHeader(LIBRARY, 1, REPLICA, 2, 3, CHAIN, CHAIN, 0).encode(0));
    }

    static List<byte[]> soundFiles() {
        return IntStream.of(1, 3, 30)
                .mapToObj(count -> new SegmentEncoder(LIBRARY, 1)
                        .encode(new RandomChanges(new Random(count)).any(REPLICA, 1, count))
                        .content())
                .toList();
    }

    @Test
    void mutationsOfChangesAreReadOrRefused() {
        Mutations.run(soundChanges(), this::changes);
    }

    @Test
    void mutationsOfHeadersAreReadOrRefused() throws IOException {
        Mutations.run(soundHeaders(), this::header);
    }

    @Test
    void mutationsOfFilesAreReadOrRefused() {
        Mutations.run(soundFiles(), this::file);
    }
}
