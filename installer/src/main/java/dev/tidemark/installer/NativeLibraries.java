package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Moves native libraries from jars to files next to the jars, from which the program loads them. Otherwise the program
 * would extract the libraries to a temporary folder, at its first start or at every start. Extracting takes time, and
 * fails if the folder does not allow executable files.
 */
final class NativeLibraries {
    private static final String SQLITE = "org/sqlite/native/";

    /** The file name of the zstd-jni library next to the jars. The name in the jar also contains the version. */
    static final String ZSTD = "libzstd-jni" + Platform.current().libraryEnding();

    private NativeLibraries() {}

    /**
     * Extracts the libraries of SQLite and zstd for this system to {@code natives}, and those of JavaFX beside its jar.
     */
    static void extract(Path jars, Path natives) throws IOException {
        for (Path jar : list(jars)) {
            String name = jar.getFileName().toString();
            if (name.startsWith("sqlite-jdbc-")) {
                Files.createDirectories(natives);
                take(jar, SQLITE, Platform.current().sqliteFolder(), natives);
            } else if (name.startsWith("zstd-jni-")) {
                Files.createDirectories(natives);
                String version = name.substring("zstd-jni-".length(), name.length() - ".jar".length());
                take(jar, "", Platform.current().zstdFolder(), natives);
                String library = "libzstd-jni-" + version + Platform.current().libraryEnding();
                Files.move(natives.resolve(library), natives.resolve(ZSTD));
            } else if (name.matches("javafx-graphics-[0-9.]+-.+")) {
                take(jar, "", "", jars);
            }
        }
    }

    private static Iterable<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /**
     * Rewrites a jar without the libraries below {@code all}. Extracts the libraries that are directly in {@code ours}
     * to {@code to}.
     */
    private static void take(Path jar, String all, String ours, Path to) throws IOException {
        Path slim = jar.resolveSibling(jar.getFileName() + ".slim");
        int taken = 0;
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(slim))) {
            Enumeration<? extends ZipEntry> entries = from.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                byte[] content;
                try (var in = from.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                if (!name.startsWith(all) || !isLibrary(name)) {
                    write(out, entry, content);
                } else if (name.startsWith(ours) && name.indexOf('/', ours.length()) < 0) {
                    Files.write(to.resolve(name.substring(ours.length())), content);
                    taken++;
                }
            }
        }
        if (taken == 0) {
            throw new IOException("There is no native library for " + Platform.current() + " in " + jar);
        }
        Files.move(slim, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(ZipOutputStream out, ZipEntry entry, byte[] content) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        // The entry keeps its time, so that builds are reproducible.
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(content);
        out.closeEntry();
    }

    private static boolean isLibrary(String name) {
        return name.matches(".*\\.(so|dll|dylib|jnilib|a)");
    }
}
