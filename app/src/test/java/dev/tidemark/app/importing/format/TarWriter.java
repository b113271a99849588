package dev.tidemark.app.importing.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes tar archives as Joplin does: ustar, folders included. */
public final class TarWriter {
    private TarWriter() {}

    /** An archive with the content of a folder. */
    public static byte[] folder(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.filter(path -> !path.equals(folder)).sorted().toList();
            for (Path path : paths) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    out.write(header(name + "/", 0, '5'));
                } else {
                    entry(out, name, Files.readAllBytes(path));
                }
            }
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    public static void entry(ByteArrayOutputStream out, String name, byte[] content) throws IOException {
        out.write(header(name, content.length, '0'));
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    static byte[] header(String name, long size, char type) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        put(header, 136, "00000000000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, header.length - at));
    }
}
