package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Packs the program folder into one archive. Users can extract it anywhere, even on a USB stick, and start the program.
 */
final class PortableArchive {
    private PortableArchive() {}

    /**
     * Writes the archive with {@code tar}, which keeps permissions. The names are sorted, so that equal folders give
     * equal archives.
     */
    static void write(Path image, Path output, Version version) throws IOException {
        Path archive = output.resolve(version.fileName("linux", ".tar.gz"));
        Tool.run(
                "tar",
                List.of(
                        "--sort=name",
                        "--owner=0",
                        "--group=0",
                        "--numeric-owner",
                        "-C",
                        output.toString(),
                        "-czf",
                        archive.toString(),
                        output.relativize(image).toString()));
    }
}
