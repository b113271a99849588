package dev.tidemark.app.importing.format;

import dev.tidemark.app.model.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists and opens the entries of a tar archive (POSIX ustar, with GNU and pax long names). Reads an entry directly from
 * its range in the archive, without extracting files. Immutable.
 *
 * @param entries the regular files in the archive
 */
record TarFile(Path path, List<Entry> entries) {
    private static final int BLOCK = 512;
    private static final int MAX_ENTRIES = 400_000;

    /** The maximum length of a long name in bytes. */
    private static final int MAX_NAME = 64 << 10;

    /** @param name the name as the archive has it. It is never used as a path */
    record Entry(String name, long position, long size) {}

    static TarFile read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = file.size();
            String longName = "";
            for (long position = 0; position + BLOCK <= length; ) {
                byte[] header = bytes(file, position, BLOCK);
                if (header[0] == 0) {
                    break;
                }
                long size = octal(header, 124, 12);
                long start = position + BLOCK;
                if (!isSound(header) || size < 0 || size > length - start || entries.size() >= MAX_ENTRIES) {
                    throw new ProblemException("import.tar", path);
                }
                char type = (char) header[156];
                if (type == 'L' || type == 'x') {
                    longName = longName(bytes(file, start, (int) Math.min(size, MAX_NAME)), type, longName);
                } else {
                    if (type == '0' || type == 0) {
                        entries.add(new Entry(longName.isEmpty() ? name(header) : longName, start, size));
                    }
                    longName = "";
                }
                position = start + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
        }
        return new TarFile(path, entries);
    }

    private static String longName(byte[] content, char type, String before) {
        if (type == 'L') {
            return text(content, 0, content.length);
        }
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            int key = line.indexOf(" path=");
            if (key > 0) {
                return line.substring(key + " path=".length());
            }
        }
        return before;
    }

    private static String name(byte[] header) {
        boolean isUstar = text(header, 257, 5).equals("ustar");
        String prefix = isUstar ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /**
     * Whether the checksum is right. It is the sum of the header's bytes, in which the checksum field counts as spaces.
     */
    private static boolean isSound(byte[] header) {
        long sum = 0;
        for (int index = 0; index < BLOCK; index++) {
            sum += index >= 148 && index < 156 ? ' ' : header[index] & 0xff;
        }
        return sum == octal(header, 148, 8);
    }

    /**
     * Reads a number in octal digits. Returns -1 if the number is invalid. Rejects GNU's binary numbers, which only
     * files over 8 GB need.
     */
    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
    }

    private static byte[] bytes(FileChannel file, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The archive is cut off");
            }
        }
        return buffer.array();
    }

    /** Reads the content of an entry. */
    byte[] content(Entry entry) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return bytes(file, entry.position(), Math.toIntExact(entry.size()));
        }
    }

    /** Opens the content of an entry. The caller closes the stream. */
    InputStream open(Entry entry) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        file.position(entry.position());
        return new Range(Channels.newInputStream(file), entry.size());
    }

    /** A stream that ends after this number of bytes. */
    private static final class Range extends java.io.FilterInputStream {
        private long left;

        Range(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = super.read(buffer, offset, (int) Math.min(left, length));
            left -= Math.max(read, 0);
            return read;
        }
    }
}
