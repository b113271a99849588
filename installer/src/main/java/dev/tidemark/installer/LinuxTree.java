package dev.tidemark.installer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * What a package puts into a Linux system, laid out below one folder as it will lie below {@code /}. The package manager
 * owns each of these files, so removing the package removes them all; no script of ours runs at either.
 *
 * @param root the folder that stands for {@code /}
 */
record LinuxTree(Path root) {
    /** The name under which desktops know the program (its application id). */
    static final String ID = "dev.tidemark.Tidemark";

    private static final String PROGRAM = "usr/lib/tidemark";

    /** Lays everything out. */
    static LinuxTree lay(Path image, Path sources, Path output, Version version) throws IOException {
        LinuxTree tree = new LinuxTree(output.resolve("root"));
        tree.program(image);
        tree.desktop(sources, version);
        tree.documents(sources);
        return tree;
    }

    private void program(Path image) throws IOException {
        Folders.copy(image, root.resolve(PROGRAM));
        Path command = root.resolve("usr/bin/tidemark");
        Folders.createParent(command);
        Files.createSymbolicLink(command, Path.of("../lib/tidemark/bin/tidemark"));
    }

    private void desktop(Path sources, Version version) throws IOException {
        Path from = sources.resolve("src/linux");
        Path share = root.resolve("usr/share");
        Map<String, String> values = Map.of("version", version.number(), "id", ID);
        Folders.fill(from.resolve("desktop"), share.resolve("applications/" + ID + ".desktop"), values);
        Folders.fill(from.resolve("mime.xml"), share.resolve("mime/packages/" + ID + ".xml"), values);
        Folders.fill(from.resolve("metainfo.xml"), share.resolve("metainfo/" + ID + ".metainfo.xml"), values);
        for (int size : IconFile.SIZES) {
            copy(
                    IconFile.picture(sources, size),
                    share.resolve("icons/hicolor/" + size + "x" + size + "/apps/" + ID + ".png"));
        }
        copy(sources.resolve("src/icons/tidemark.svg"), share.resolve("icons/hicolor/scalable/apps/" + ID + ".svg"));
    }

    private void documents(Path sources) throws IOException {
        Path share = root.resolve("usr/share");
        manual("en", share.resolve("man/man1/tidemark.1.gz"));
        manual("de", share.resolve("man/de/man1/tidemark.1.gz"));
        pack(sources.resolve("../CHANGELOG.md"), share.resolve("doc/tidemark/changelog.gz"));
        copy(sources.resolve("src/linux/copyright"), share.resolve("doc/tidemark/copyright"));
    }

    /** The program writes its own manual page, so that it never tells of another version's commands. */
    private void manual(String language, Path to) throws IOException {
        Path page = Files.createTempFile("tidemark", ".1");
        try {
            Path program = root.resolve(PROGRAM).resolve("lib");
            ProcessBuilder writer = new ProcessBuilder(
                    program.resolve("runtime/bin/java").toString(),
                    "-Duser.language=" + language,
                    "-cp",
                    program.resolve("app") + "/*",
                    ProgramImage.MAIN_CLASS,
                    "manual");
            writer.redirectOutput(page.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
            Tool.await("tidemark manual", writer.start());
            pack(page, to);
        } finally {
            Files.delete(page);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Folders.createParent(to);
        Files.copy(from, to);
    }

    private static void pack(Path from, Path to) throws IOException {
        Folders.createParent(to);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
    }
}
