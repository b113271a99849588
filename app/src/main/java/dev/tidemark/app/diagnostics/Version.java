package dev.tidemark.app.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/** Reads the version of the program from a file of the build. */
public final class Version {
    private static final String RESOURCE = "/dev/tidemark/app/version.properties";

    private Version() {}

    /** Returns the version, such as {@code 0.1.0}. */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream input = Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            properties.load(input);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
