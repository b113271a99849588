package dev.tidemark.installer;

/**
 * A version for packages, which consists of three numbers. Immutable.
 *
 * @param number the version, for example {@code 0.1.0}
 */
record Version(String number) {
    private static final String SNAPSHOT = "-SNAPSHOT";

    Version {
        if (!number.matches("\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException("Packages need a version of three numbers, not " + number);
        }
    }

    /** Converts the version of a project. A snapshot of 0.1.0 becomes 0.1.0. */
    static Version ofProject(String version) {
        return new Version(
                version.endsWith(SNAPSHOT) ? version.substring(0, version.length() - SNAPSHOT.length()) : version);
    }

    /** Returns a file name such as {@code tidemark-0.1.0-linux-x86_64.tar.gz}. */
    String fileName(String system, String ending) {
        return "tidemark-" + number + "-" + system + "-" + Platform.architecture() + ending;
    }

    /** Returns the version for macOS. A first number of 0 becomes 1, because jpackage for macOS rejects 0. */
    String forMac() {
        return number.startsWith("0.") ? "1." + number.substring("0.".length()) : number;
    }
}
