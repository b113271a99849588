package dev.tidemark.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Reads who may open a file, on systems whose files have modes. */
public final class FileModes {
    private FileModes() {}

    /** The mode as {@code ls} writes it, without the kind of file. */
    public static String of(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    public static void set(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** Fails unless the folder and all that is in it are open to their owner alone. */
    public static void assertClosed(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(1);
            for (Path file : all) {
                assertThat(of(file)).as("%s", file).startsWith("rw").endsWith("------");
            }
        }
    }
}
