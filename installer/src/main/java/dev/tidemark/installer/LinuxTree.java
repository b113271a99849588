package dev.tidemark.installer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Creates the files of the Linux packages in a folder that represents {@code /}. The package manager owns each of these
 * files, so removing the package removes all of them, and no install or remove script is needed.
 *
 * @param root the folder that represents {@code /}
 */
record LinuxTree(Path root) {
    /** The application id, with which desktops identify the program. */
    static final String ID = "dev.tidemark.Tidemark";

    private static final String PROGRAM = "usr/lib/tidemark";

    /** Creates all files. */
    static LinuxTree create(Path image, Path sources, Path output, Version version) throws IOException {
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
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Map<String, String> values = Map.of("version", version.number(), "id", ID, "date", date);
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
        for (String language : List.of("en", "de")) {
            Path page = share.resolve(language.equals("en") ? "man/man1" : "man/de/man1")
                    .resolve("tidemark.1");
            print(page, language, "manual");
            pack(page, page.resolveSibling("tidemark.1.gz"));
            Files.delete(page);
        }
        print(share.resolve("bash-completion/completions/tidemark"), "en", "completion", "bash");
        print(share.resolve("zsh/vendor-completions/_tidemark"), "en", "completion", "zsh");
        print(share.resolve("fish/vendor_completions.d/tidemark.fish"), "en", "completion", "fish");
        pack(sources.resolve("../CHANGELOG.md"), share.resolve("doc/tidemark/changelog.gz"));
        copy(sources.resolve("src/linux/copyright"), share.resolve("doc/tidemark/copyright"));
    }

    /**
     * Writes the output of a command of the program to a file. The program prints its manual page and completions
     * itself, so that these match the commands of this version.
     */
    private void print(Path to, String language, String... command) throws IOException {
        Folders.createParent(to);
        Path program = root.resolve(PROGRAM).resolve("lib");
        List<String> line = new ArrayList<>(List.of(
                program.resolve("runtime/bin/java").toString(),
                "-Duser.language=" + language,
                "-cp",
                program.resolve("app") + "/*",
                ProgramImage.MAIN_CLASS));
        line.addAll(List.of(command));
        ProcessBuilder writer = new ProcessBuilder(line);
        writer.redirectOutput(to.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        Tool.await("tidemark " + String.join(" ", command), writer.start());
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
