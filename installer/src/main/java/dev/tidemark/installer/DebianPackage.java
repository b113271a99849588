package dev.tidemark.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the package for Debian, Ubuntu and similar systems with {@code dpkg-deb}. */
final class DebianPackage {
    private static final long KIBIBYTE = 1024;

    private DebianPackage() {}

    static void write(LinuxTree tree, Path sources, Path output, Version version) throws IOException {
        if (!Tool.exists("dpkg-deb")) {
            System.out.println("No .deb is made: dpkg-deb is not on the PATH.");
            return;
        }
        Path control = tree.root().resolve("DEBIAN");
        Folders.fill(
                sources.resolve("src/linux/control"),
                control.resolve("control"),
                Map.of(
                        "version", version.number(),
                        "architecture", architecture(),
                        "size", Long.toString(Folders.size(tree.root()) / KIBIBYTE)));
        Path file = output.resolve("tidemark_" + version.number() + "_" + architecture() + ".deb");
        Tool.run(
                "dpkg-deb",
                List.of("--root-owner-group", "-Zzstd", "--build", tree.root().toString(), file.toString()));
        Folders.delete(control);
    }

    private static String architecture() {
        return Platform.architecture().equals("x86_64") ? "amd64" : "arm64";
    }
}
