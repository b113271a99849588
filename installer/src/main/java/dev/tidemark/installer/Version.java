package dev.tidemark.installer;

/**
 * The version as packages have it: three numbers. Immutable.
 *
 * @param number such as {@code 0.1.0}
 */
record Version(String number) {
    private static final String SNAPSHOT = "-SNAPSHOT";

    Version {
        if (!number.matches("\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException("Packages need a version of three numbers, not " + number);
        }
    }

    /** Of a project's version: a snapshot of 0.1.0 is packaged as 0.1.0. */
    static Version ofProject(String version) {
        return new Version(
                version.endsWith(SNAPSHOT) ? version.substring(0, version.length() - SNAPSHOT.length()) : version);
    }

    /** A file name such as {@code tidemark-0.1.0-linux-x86_64.tar.gz}. */
    String fileName(String system, String ending) {
        return "tidemark-" + number + "-" + system + "-" + Platform.architecture() + ending;
    }

    /** As jpackage wants it on macOS, where the first number cannot be zero: before the first release it is one. */
    String forMac() {
        return number.startsWith("0.") ? "1." + number.substring("0.".length()) : number;
    }
}
