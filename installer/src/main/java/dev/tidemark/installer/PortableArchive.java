package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Packs the program folder into one archive, which users can extract and start anywhere, even on a USB stick. */
final class PortableArchive {
    private PortableArchive() {}

    /** Uses {@code tar}, which keeps permissions. Sorts the names, so that equal folders give equal files. */
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
