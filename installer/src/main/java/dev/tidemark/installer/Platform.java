package dev.tidemark.installer;

import java.util.Locale;

/**
 * The systems that have packages. Each package is built on its own system, because jpackage cannot build packages for
 * other systems.
 */
enum Platform {
    LINUX,
    WINDOWS,
    MACOS;

    static Platform current() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MACOS : LINUX;
    }

    /**
     * Returns the architecture in the names of packages and of sqlite-jdbc's folders, {@code x86_64} or {@code
     * aarch64}.
     */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /** Returns the folder of this system in the jar of sqlite-jdbc. */
    String sqliteFolder() {
        return "org/sqlite/native/"
                + switch (this) {
                    case LINUX -> "Linux";
                    case WINDOWS -> "Windows";
                    case MACOS -> "Mac";
                }
                + "/"
                + architecture()
                + "/";
    }

    /** Returns the folder of this system in the jar of zstd-jni. */
    String zstdFolder() {
        boolean isIntel = architecture().equals("x86_64");
        return switch (this) {
                    case LINUX -> "linux/" + (isIntel ? "amd64" : architecture());
                    case WINDOWS -> "win/" + (isIntel ? "amd64" : architecture());
                    case MACOS -> "darwin/" + architecture();
                }
                + "/";
    }

    /** Returns the extension of native libraries, with a dot. */
    String libraryEnding() {
        return switch (this) {
            case LINUX -> ".so";
            case WINDOWS -> ".dll";
            case MACOS -> ".dylib";
        };
    }

    /** Returns the file name of a JDK program on this system. */
    String executable(String name) {
        return this == WINDOWS ? name + ".exe" : name;
    }
}
