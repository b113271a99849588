package dev.tidemark.app.attachment;

import dev.tidemark.app.model.ProblemException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image that is small enough to decode. The size comes from the headers of PNG, JPEG, GIF and BMP files, because a
 * small file can declare more pixels than fit in memory. Immutable.
 */
public record DecodableImage(Path file, long width) {
    /**
     * The maximum number of pixels of an image, counted over all frames of an animation. A decoded pixel takes four
     * bytes.
     */
    private static final long MAX_PIXELS = 50_000_000;

    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int GIF = 0x47494638;
    private static final int JPEG = 0xffd8;
    private static final int BMP = 0x424d;

    private record Size(long width, long height, long frames) {
        boolean isPicture() {
            return width > 0 && height > 0 && frames > 0;
        }

        boolean isTooLarge() {
            return width > MAX_PIXELS || height > MAX_PIXELS / width || frames > MAX_PIXELS / (width * height);
        }
    }

    /**
     * Reads the size of the image in a file.
     *
     * @param name the name of the file, for error messages
     * @throws ProblemException if the file does not contain an image of a supported format, or the image has too many
     *     pixels
     */
    public static DecodableImage of(Path file, String name) throws IOException {
        Size size;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            size = size(in);
        } catch (EOFException e) {
            throw new ProblemException(e, "attachment.noPicture", name);
        }
        if (!size.isPicture()) {
            throw new ProblemException("attachment.noPicture", name);
        }
        if (size.isTooLarge()) {
            throw new ProblemException("attachment.pictureTooLarge", name, MAX_PIXELS / 1_000_000);
        }
        return new DecodableImage(file, size.width());
    }

    private static Size size(DataInputStream in) throws IOException {
        in.mark(Long.BYTES);
        long begin = in.readLong();
        in.reset();
        if (begin == PNG) {
            return png(in);
        } else if (begin >>> 32 == GIF) {
            return gif(in);
        } else if (begin >>> 48 == JPEG) {
            return jpeg(in);
        } else if (begin >>> 48 == BMP) {
            return bmp(in);
        }
        return new Size(0, 0, 0);
    }

    /** Reads the size from a PNG file (ISO/IEC 15948), whose first chunk begins with the size. */
    private static Size png(DataInputStream in) throws IOException {
        in.skipNBytes(16);
        return new Size(in.readInt(), in.readInt(), 1);
    }

    /**
     * Reads the size from a JPEG file (ITU-T T.81, annex B). The frame header, which follows other segments, contains
     * the size.
     */
    private static Size jpeg(DataInputStream in) throws IOException {
        in.skipNBytes(2);
        while (true) {
            int marker = in.readUnsignedByte();
            while (marker == 0xff) {
                marker = in.readUnsignedByte();
            }
            boolean isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            int length = in.readUnsignedShort();
            if (isFrame) {
                in.skipNBytes(1);
                int height = in.readUnsignedShort();
                return new Size(in.readUnsignedShort(), height, 1);
            }
            if (length < 2) {
                return new Size(0, 0, 0);
            }
            in.skipNBytes(length - 2L);
            if (in.readUnsignedByte() != 0xff) {
                return new Size(0, 0, 0);
            }
        }
    }

    private static Size bmp(DataInputStream in) throws IOException {
        in.skipNBytes(14);
        if (Integer.reverseBytes(in.readInt()) == 12) {
            return new Size(readLittleEndianShort(in), readLittleEndianShort(in), 1);
        }
        long width = Integer.reverseBytes(in.readInt());
        return new Size(width, Math.abs((long) Integer.reverseBytes(in.readInt())), 1);
    }

    /**
     * Reads the size from a GIF89a file, in which blocks follow the screen size. Each frame has one image block. In a
     * truncated file, counts the frames up to the end of the file.
     */
    private static Size gif(DataInputStream in) throws IOException {
        in.skipNBytes(6);
        long width = readLittleEndianShort(in);
        long height = readLittleEndianShort(in);
        long frames = 0;
        try {
            int flags = in.readUnsignedByte();
            in.skipNBytes(2 + colourTable(flags));
            for (int block = in.readUnsignedByte(); block == 0x21 || block == 0x2c; block = in.readUnsignedByte()) {
                if (block == 0x2c) {
                    in.skipNBytes(4);
                    width = Math.max(width, readLittleEndianShort(in));
                    height = Math.max(height, readLittleEndianShort(in));
                    frames++;
                    in.skipNBytes(colourTable(in.readUnsignedByte()));
                }
                // Skips the label of an extension or the code size of a frame.
                in.skipNBytes(1);
                for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
                    in.skipNBytes(length);
                }
            }
        } catch (EOFException e) {
            return new Size(width, height, frames);
        }
        return new Size(width, height, frames);
    }

    private static long colourTable(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1);
    }

    private static int readLittleEndianShort(DataInputStream in) throws IOException {
        return Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    }
}
