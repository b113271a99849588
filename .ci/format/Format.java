import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Checks that every Java file below some folders is formatted, or formats them. Maven starts this source file with the
 * JDK of the toolchain: the formatter parses with the javac it runs on, and that of Maven's own JDK may be too old for
 * our sources.
 *
 * <p>Arguments: {@code check} or {@code apply}, then files or folders.
 */
final class Format {
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());
    private final boolean apply;
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
        files.parallelStream().forEach(format::process);
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
                // A file may vanish while others work on the same tree; a folder that was asked for must exist.
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
            String after = formatter.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return;
            }
            if (apply) {
                Files.writeString(file, after);
                System.out.println("Formatted " + file);
            } else {
                complaints.add("Not formatted: " + file);
            }
        } catch (IOException | FormatterException failure) {
            complaints.add("Cannot format " + file + ": " + failure.getMessage());
        }
    }
}
