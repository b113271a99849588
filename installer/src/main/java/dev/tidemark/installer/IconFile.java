package dev.tidemark.installer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the program icon in the format of the system, from PNG files. The format is a PNG on Linux, an {@code .ico} on
 * Windows, and an {@code .icns} on macOS. An {@code .ico} and an {@code .icns} contain PNGs.
 */
final class IconFile {
    static final List<Integer> SIZES = List.of(16, 24, 32, 48, 64, 128, 256, 512);

    private static final String PICTURES = "../ui-resources/src/main/resources/dev/tidemark/resources/icons";

    /** The types of pictures in an {@code .icns}, by the size of the picture in pixels. */
    private static final Map<Integer, String> ICNS_TYPES =
            new TreeMap<>(Map.of(16, "icp4", 32, "icp5", 64, "icp6", 128, "ic07", 256, "ic08", 512, "ic09"));

    private static final int ICO_HEADER = 6;
    private static final int ICO_ENTRY = 16;
    private static final int ICO_LARGEST = 256;
    private static final int BITS = 32;

    private IconFile() {}

    static Path picture(Path sources, int size) {
        return sources.resolve(PICTURES).resolve("tidemark-" + size + ".png").normalize();
    }

    /** Writes and returns the icon file of this system. */
    static Path write(Path sources, Path output) {
        try {
            return switch (Platform.current()) {
                case LINUX -> picture(sources, SIZES.getLast());
                case WINDOWS -> Files.write(output.resolve("tidemark.ico"), ico(pictures(sources, ICO_LARGEST)));
                case MACOS -> Files.write(output.resolve("tidemark.icns"), icns(pictures(sources, SIZES.getLast())));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, byte[]> pictures(Path sources, int largest) throws IOException {
        Map<Integer, byte[]> pictures = new TreeMap<>();
        for (int size : SIZES) {
            if (size <= largest) {
                pictures.put(size, Files.readAllBytes(picture(sources, size)));
            }
        }
        return pictures;
    }

    /**
     * Writes a header, an entry for each picture, and then the pictures, all little-endian. The size 256 is written as
     * 0.
     */
    static byte[] ico(Map<Integer, byte[]> pictures) {
        int offset = ICO_HEADER + ICO_ENTRY * pictures.size();
        int total =
                offset + pictures.values().stream().mapToInt(png -> png.length).sum();
        ByteBuffer file = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) pictures.size());
        for (Map.Entry<Integer, byte[]> picture : pictures.entrySet()) {
            byte side = (byte) (picture.getKey() % ICO_LARGEST);
            int length = picture.getValue().length;
            file.put(side).put(side).putShort((short) 0).putShort((short) 1).putShort((short) BITS);
            file.putInt(length).putInt(offset);
            offset += length;
        }
        pictures.values().forEach(file::put);
        return file.array();
    }

    /** Writes a header with the total length, and then the type, length and data of each picture, all big-endian. */
    static byte[] icns(Map<Integer, byte[]> pictures) throws IOException {
        int header = 2 * Integer.BYTES;
        List<byte[]> chunks = new ArrayList<>();
        for (Map.Entry<Integer, byte[]> picture : pictures.entrySet()) {
            String type = ICNS_TYPES.get(picture.getKey());
            if (type != null) {
                chunks.add(chunk(type, header + picture.getValue().length, picture.getValue()));
            }
        }
        int total = header + chunks.stream().mapToInt(chunk -> chunk.length).sum();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            content.write(chunk);
        }
        return chunk("icns", total, content.toByteArray());
    }

    private static byte[] chunk(String type, int length, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBytes(type);
            out.writeInt(length);
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
