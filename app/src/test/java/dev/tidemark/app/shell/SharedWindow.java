package dev.tidemark.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Shares one window among all tests of a class. Each test begins with an empty library and the Inbox at normal size.
 */
public final class SharedWindow implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private @Nullable Path profile;
    private @Nullable OpenWindow open;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
        try {
            profile = Files.createTempDirectory("window");
            open = OpenWindow.on(profile);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        open().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        open().close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(profile))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) throws IOException {
        if (!file.toFile().setWritable(true)) {
            throw new IOException("Cannot be deleted: " + file);
        }
        Files.deleteIfExists(file);
    }

    /** The window. */
    public OpenWindow open() {
        return Objects.requireNonNull(open);
    }
}
