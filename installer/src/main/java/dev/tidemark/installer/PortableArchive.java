package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program folder as it is, in one file: unpack it anywhere, also on a stick, and start it. */
final class PortableArchive {
    private PortableArchive() {}

    /** With the system's {@code tar}, which keeps permissions; names are sorted, so that equal folders give equal files. */
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
