package dev.tidemark.installer;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the folder that every package contains: the program with its own Java runtime and two starters. {@code
 * Tidemark} opens the window. {@code tidemark-cli} runs commands, with options for short runs, and prints to the
 * console. On Linux, the script {@code tidemark} replaces both starters. JavaFX is on the class path, as in the tests.
 */
final class ProgramImage {
    static final String WINDOW = "Tidemark";
    static final String COMMANDS = "tidemark-cli";

    /**
     * The modules that {@code jdeps} finds, and modules that it cannot find, which are for locale data, TLS and JavaFX.
     */
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

    /** Options of both starters. The JVM logs to stderr, because stdout belongs to the commands. */
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

    /**
     * A small young generation, so that collections do not delay a frame, and metaspace for the classes. The script
     * ./tidemark has the same options.
     */
    private static final List<String> WINDOW_OPTIONS = List.of("-Xmn32m", "-XX:MetaspaceSize=96m");

    /**
     * Options for short runs: only the fast compiler, and a young generation with room for a batch of a sync. The
     * script ./tidemark has the same options.
     */
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

    /** Builds and returns the program folder. */
    Path build() throws IOException {
        Path input = output.resolve("input");
        Folders.copy(jars, input);
        NativeLibraries.extract(input, input.resolve("native"));
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

    /**
     * Replaces jpackage's starters, because they query the package managers twice per start, which takes up to a fifth
     * of a second.
     */
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
            // On macOS, the program declares its file type. On Windows, the installer does so.
            arguments.addAll(List.of("--file-associations", fileType(sources)));
        }
        return arguments;
    }

    /** Returns the file that describes the file type of exports to jpackage. */
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

    /**
     * Returns the content of a properties file for jpackage. Spaces separate the options, so no option may contain a
     * space.
     */
    private static String commandStarter() {
        return "java-options=" + String.join(" ", with(COMMAND_OPTIONS)) + "\nwin-console=true\n";
    }

    private static List<String> with(List<String> more) {
        return Stream.concat(OPTIONS.stream(), more.stream()).toList();
    }
}
