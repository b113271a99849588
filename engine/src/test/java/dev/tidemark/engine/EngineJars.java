package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The jars that a program gets with the dependency on the engine. */
final class EngineJars {
    private static final Path ROOT = Path.of(System.getProperty("tidemark.root"));
    private static final Pattern OPTIONAL = Pattern.compile(
            "[/\\\\](jagged-|bcprov-)|[/\\\\]software[/\\\\]amazon[/\\\\]|httpc(lient|ore)5|eventstream|reactive-streams");

    private EngineJars() {}

    /** Where the compiled classes of the engine are. */
    static Path classes() throws URISyntaxException {
        return of(Database.class);
    }

    /** Where a class was loaded from. */
    static Path of(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The libraries that every program needs. */
    static List<Path> required() throws IOException {
        List<Path> libraries = libraries().filter(jar -> !isOptional(jar)).toList();
        assertThat(libraries().count() - libraries.size())
                .as("optional libraries")
                .isGreaterThan(10);
        return libraries;
    }

    /** The libraries for buckets and encryption. */
    static List<Path> optional() throws IOException {
        return libraries().filter(EngineJars::isOptional).toList();
    }

    private static boolean isOptional(Path jar) {
        return OPTIONAL.matcher(jar.toString()).find();
    }

    private static Stream<Path> libraries() throws IOException {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(Files.readString(ROOT.resolve("engine/target/runtime-classpath.txt"))
                        .strip())
                .map(Path::of);
    }

    /** Packs the compiled classes, as Maven does after the tests. */
    static void pack(Path jar) throws URISyntaxException {
        int result = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        jar.toString(),
                        "-C",
                        classes().toString(),
                        ".");
        assertThat(result).isZero();
    }
}
