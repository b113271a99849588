package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the package for Fedora, openSUSE and similar systems with {@code rpmbuild}. */
final class RpmPackage {
    private RpmPackage() {}

    static void write(LinuxTree tree, Path sources, Path output, Version version) throws IOException {
        if (!Tool.exists("rpmbuild")) {
            System.out.println("No .rpm is made: rpmbuild is not on the PATH.");
            return;
        }
        Path work = output.resolve("rpm");
        Path recipe = work.resolve("tidemark.spec");
        Folders.fill(
                sources.resolve("src/linux/tidemark.spec"),
                recipe,
                Map.of(
                        "version",
                        version.number(),
                        "root",
                        tree.root().toAbsolutePath().toString()));
        Tool.run(
                "rpmbuild",
                List.of(
                        "-bb",
                        "--quiet",
                        "--define",
                        "_topdir " + work.toAbsolutePath(),
                        "--define",
                        "_rpmdir " + output.toAbsolutePath(),
                        "--define",
                        "_rpmfilename tidemark-%%{VERSION}-1.%%{ARCH}.rpm",
                        recipe.toString()));
        Folders.delete(work);
    }
}
