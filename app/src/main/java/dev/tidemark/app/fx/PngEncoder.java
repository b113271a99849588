package dev.tidemark.app.fx;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Encodes pixels as PNG (ISO/IEC 15948), 8-bit RGBA. JavaFX can decode PNG but not encode it. */
public final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] EIGHT_BIT_RGBA = {8, 6, 0, 0, 0};

    /**
     * The number of the PNG filter Up, which stores the differences from the row above. They compress better than the
     * row.
     */
    private static final byte UP = 2;

    private PngEncoder() {}

    /** @param pixels the pixels row by row. Each is ARGB with alpha in the highest byte */
    public static byte[] of(int[] pixels, int width, int height) {
        try (ByteArrayOutputStream whole = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(whole)) {
            out.write(SIGNATURE);
            chunk(
                    out,
                    "IHDR",
                    ByteBuffer.allocate(13)
                            .putInt(width)
                            .putInt(height)
                            .put(EIGHT_BIT_RGBA)
                            .array());
            chunk(out, "IDAT", rows(pixels, width, height));
            chunk(out, "IEND", new byte[0]);
            return whole.toByteArray();
        } catch (IOException e) {
            // Cannot happen, because a stream to memory does not fail.
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] rows(int[] pixels, int width, int height) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            byte[] above = new byte[4 * width];
            byte[] row = new byte[4 * width];
            byte[] differences = new byte[4 * width];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int pixel = pixels[y * width + x];
                    row[4 * x] = (byte) (pixel >> 16);
                    row[4 * x + 1] = (byte) (pixel >> 8);
                    row[4 * x + 2] = (byte) pixel;
                    row[4 * x + 3] = (byte) (pixel >> 24);
                }
                for (int i = 0; i < row.length; i++) {
                    differences[i] = (byte) (row[i] - above[i]);
                }
                out.write(UP);
                out.write(differences);
                byte[] free = above;
                above = row;
                row = free;
            }
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) check.getValue());
    }
}
