import static java.nio.charset.StandardCharsets.UTF_8;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks that every Java file below some folders is formatted, or formats the files. Maven runs this source file with
 * the JDK of the toolchain: the formatter parses with its JDK's javac, and Maven's JDK may be too old for the sources.
 *
 * <p>Formatting all sources takes half a minute on two cores. So {@code target} keeps the hashes of formatted sources,
 * and the formatter skips sources with these hashes.
 *
 * <p>Arguments: {@code check} or {@code apply}, then files or folders.
 */
final class Format {
    private static final String FORMATTER =
            String.valueOf(Formatter.class.getProtectionDomain().getCodeSource().getLocation());

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());
    private final boolean apply;
    private final Set<String> formatted = ConcurrentHashMap.newKeySet();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private Format(boolean apply) {
        this.apply = apply;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || !Set.of("check", "apply").contains(arguments[0])) {
            System.err.println("Usage: Format.java check|apply FILE_OR_FOLDER...");
            System.exit(2);
        }
        Format format = new Format(arguments[0].equals("apply"));
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            files.addAll(javaFiles(Path.of(arguments[i])));
        }
        Path known = Path.of(".ci/format/target/formatted");
        if (Files.exists(known)) {
            format.formatted.addAll(Files.readAllLines(known));
        }
        files.parallelStream().forEach(format::process);
        Files.createDirectories(known.getParent());
        Files.write(known, format.formatted);
        if (!format.complaints.isEmpty()) {
            format.complaints.stream().sorted().forEach(System.err::println);
            System.err.println("To format: mvn -q -pl .ci/format verify -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> javaFiles(Path start) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean skipped = !folder.equals(start) && (name.equals("target") || name.startsWith("."));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // Another process may delete a file meanwhile. A file or folder given as an argument must exist.
                if (file.equals(start)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private void process(Path file) {
        try {
            String before = Files.readString(file);
            if (formatted.contains(key(before))) {
                return;
            }
            String after = formatter.formatSourceAndFixImports(before);
            if (apply && !before.equals(after)) {
                Files.writeString(file, after);
                System.out.println("Formatted " + file);
            }
            if (apply || before.equals(after)) {
                formatted.add(key(after));
            } else {
                complaints.add("Not formatted: " + file);
            }
        } catch (IOException | FormatterException failure) {
            complaints.add("Cannot format " + file + ": " + failure.getMessage());
        }
    }

    /** Hashes a source together with the version of the formatter. */
    private static String key(String source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(FORMATTER.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(source.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Each Java has SHA-256", e);
        }
    }
}
