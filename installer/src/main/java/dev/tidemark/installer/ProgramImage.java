package dev.tidemark.installer;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the folder that every package contains: the program with its own Java, and two starters. {@code Tidemark} opens
 * the window; {@code tidemark-cli} runs commands, with what suits short ones, and prints where a console can see it. On Linux
 * one script, {@code tidemark}, does what both do elsewhere. JavaFX stays on the class path as in every test.
 */
final class ProgramImage {
    static final String WINDOW = "Tidemark";
    static final String COMMANDS = "tidemark-cli";

    /** What {@code jdeps} finds in the jars, and what it cannot see: dates in all languages, TLS, JavaFX's needs. */
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.desktop",
            "java.management",
            "java.naming",
            "java.security.jgss",
            "java.sql",
            "java.sql.rowset",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.localedata",
            "jdk.net",
            "jdk.security.auth",
            "jdk.unsupported",
            "jdk.zipfs");

    static final String MAIN_CLASS = "dev.tidemark.app.launcher.Main";

    /** Of both starters. The JVM's own messages go to the error output, as the other belongs to the commands. */
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:disable",
            "-Xlog:all=warning,cds*=off,aot*=off:stderr",
            "-XX:+UseSerialGC",
            "-Dmsgpack.universal-buffer=true",
            "-Dorg.sqlite.lib.path=$APPDIR/native",
            "-DZstdNativePath=$APPDIR/native/" + NativeLibraries.ZSTD,
            "-Dtidemark.licences=$APPDIR/licences/LICENCES.txt");

    /** Few young objects, so that collecting them holds up no frame, and room for the classes, as ./tidemark has it. */
    private static final List<String> WINDOW_OPTIONS = List.of("-Xmn32m", "-XX:MetaspaceSize=96m");

    /** Short runs: the quick compiler only, and room for a whole batch of a sync among the young, as ./tidemark has it. */
    private static final List<String> COMMAND_OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-Xms128m", "-Xmn96m", "-XX:SurvivorRatio=2");

    private final Path jars;
    private final Path sources;
    private final Path output;
    private final Version version;

    ProgramImage(Path jars, Path sources, Path output, Version version) {
        this.jars = jars;
        this.sources = sources;
        this.output = output;
        this.version = version;
    }

    /** Returns the folder of the program. */
    Path build() throws IOException {
        Path input = output.resolve("input");
        Folders.copy(jars, input);
        NativeLibraries.layBeside(input, input.resolve("native"));
        BinaryStyles.add(input, output.resolve("styles"));
        Licences.complete(input.resolve("licences"), sources);
        Path runtime = output.resolve("runtime");
        linkRuntime(runtime);
        Path commands = output.resolve(COMMANDS + ".properties");
        Files.writeString(commands, commandStarter());
        Tool.ofJdk("jpackage", arguments(input, runtime, commands));
        Path image = output.resolve(Platform.current() == Platform.MACOS ? WINDOW + ".app" : WINDOW);
        if (Platform.current() == Platform.LINUX) {
            replaceStarters(image);
        }
        StartupCache.train(image, output.resolve("training"));
        return image;
    }

    /** jpackage's starters ask the package managers who owns them, twice at each start: up to a fifth of a second. */
    private void replaceStarters(Path image) throws IOException {
        for (String needless : List.of("bin/" + WINDOW, "bin/" + COMMANDS, "lib/libapplauncher.so")) {
            Files.delete(image.resolve(needless));
        }
        Files.copy(sources.resolve("src/linux/tidemark"), image.resolve("bin/tidemark"), COPY_ATTRIBUTES);
    }

    private static void linkRuntime(Path runtime) throws IOException {
        Tool.ofJdk(
                "jlink",
                List.of(
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--generate-cds-archive",
                        "--output",
                        runtime.toString()));
    }

    private List<String> arguments(Path input, Path runtime, Path commands) {
        List<String> arguments = new ArrayList<>(List.of(
                "--type",
                "app-image",
                "--name",
                WINDOW,
                "--dest",
                output.toString(),
                "--app-version",
                Platform.current() == Platform.MACOS ? version.forMac() : version.number(),
                "--vendor",
                "Tidemark contributors",
                "--description",
                "Todos and notes, in step through storage you own",
                "--copyright",
                "MIT licence",
                "--runtime-image",
                runtime.toString(),
                "--input",
                input.toString(),
                "--main-jar",
                mainJar(input),
                "--main-class",
                MAIN_CLASS,
                "--icon",
                IconFile.write(sources, output).toString(),
                "--add-launcher",
                COMMANDS + "=" + commands));
        for (String option : with(WINDOW_OPTIONS)) {
            arguments.add("--java-options");
            arguments.add(option);
        }
        if (Platform.current() == Platform.MACOS) {
            arguments.addAll(List.of("--mac-package-identifier", "dev.tidemark.Tidemark"));
            // The program itself tells macOS of its file type; an installer tells Windows.
            arguments.addAll(List.of("--file-associations", fileType(sources)));
        }
        return arguments;
    }

    /** The description of exports, for jpackage. */
    static String fileType(Path sources) {
        return sources.resolve("src/export.properties").toString();
    }

    private static String mainJar(Path input) {
        String[] names = input.toFile().list((folder, name) -> name.startsWith("tidemark-app-"));
        if (names == null || names.length != 1) {
            throw new IllegalStateException("Expected one tidemark-app jar in " + input);
        }
        return names[0];
    }

    /** In a properties file options are separated by blanks, so none may have any. */
    private static String commandStarter() {
        return "java-options=" + String.join(" ", with(COMMAND_OPTIONS)) + "\nwin-console=true\n";
    }

    private static List<String> with(List<String> more) {
        return Stream.concat(OPTIONS.stream(), more.stream()).toList();
    }
}
