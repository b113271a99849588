package dev.tidemark.app.diagnostics;

import java.util.regex.Pattern;

/** Takes the name of the person out of a text: their home folder becomes {@code ~}. Immutable and thread-safe. */
final class Anonymous {
    private static final int SHORTEST = 3;

    private final Pattern home;

    /** @param home the person's folder; empty or a root folder stands for none */
    Anonymous(String home) {
        String path = home.replaceAll("[/\\\\]+$", "");
        this.home = Pattern.compile(path.length() < SHORTEST ? "(?!)" : Pattern.quote(path) + "(?![\\w.-])");
    }

    static Anonymous ofSystem() {
        return new Anonymous(System.getProperty("user.home", ""));
    }

    String text(String text) {
        return home.matcher(text).replaceAll("~");
    }
}
