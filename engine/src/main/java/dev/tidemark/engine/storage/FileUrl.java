package dev.tidemark.engine.storage;

import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Converts paths to {@code file} addresses and back (RFC 8089). For tests, Windows paths can be converted on every
 * system: {@code C:\Ann} is {@code file:///C:/Ann}, and the share {@code \\nas\sync} is {@code file://nas/sync}.
 */
final class FileUrl {
    static final boolean ON_WINDOWS = File.separatorChar == '\\';

    /**
     * The characters that need no encoding, besides letters, digits and {@code - . _ ~}. Java's own file URIs do not
     * encode them either.
     */
    private static final String PLAIN = "/:@&=+$,!'()*";

    private static final String SCHEME = "file:";

    private FileUrl() {}

    static StorageUrl.Folder parse(String url) {
        String path = path(url, ON_WINDOWS);
        try {
            return new StorageUrl.Folder(Path.of(path));
        } catch (InvalidPathException e) {
            throw new StorageException(e, Problem.STORAGE_URL_PATH, path);
        }
    }

    /**
     * Returns the path of an address.
     *
     * @throws StorageException if the address cannot be that of a folder on this kind of system
     */
    static String path(String url, boolean windows) {
        String rest = url.substring(SCHEME.length());
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw new StorageException(Problem.STORAGE_URL_MALFORMED, url);
        }
        String host = "";
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            host = rest.substring(2, slash < 0 ? rest.length() : slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        if (host.indexOf('@') >= 0) {
            throw new StorageException(Problem.STORAGE_URL_CREDENTIALS);
        }
        String path = PercentCode.decode(rest);
        if (!path.startsWith("/") || path.indexOf(0) >= 0) {
            throw new StorageException(Problem.STORAGE_URL_MALFORMED, url);
        }
        boolean elsewhere = !host.isEmpty() && !host.equalsIgnoreCase("localhost");
        if (!windows) {
            if (elsewhere) {
                throw new StorageException(Problem.STORAGE_URL_HOST, url);
            }
            return path;
        }
        return windowsPath(url, elsewhere ? PercentCode.decode(host) : "", path);
    }

    private static String windowsPath(String url, String host, String path) {
        String backslashes = path.replace('/', '\\');
        if (!host.isEmpty()) {
            return "\\\\" + host + backslashes;
        }
        if (backslashes.startsWith("\\\\")) {
            return backslashes; // some programs write a share as file:////nas/sync
        }
        if (path.length() >= 3 && Character.isLetter(path.charAt(1)) && path.charAt(2) == ':') {
            return path.length() == 3 ? path.substring(1) + "\\" : backslashes.substring(1);
        }
        throw new StorageException(Problem.STORAGE_URL_MALFORMED, url);
    }

    /** Returns the canonical address of an absolute path. Only the address of a root ends with a slash. */
    static String of(String path, boolean windows) {
        String slashes = windows ? path.replace('\\', '/') : path;
        while (slashes.length() > 1 && slashes.endsWith("/")) {
            slashes = slashes.substring(0, slashes.length() - 1);
        }
        if (windows && slashes.startsWith("//")) {
            return SCHEME + PercentCode.encode(slashes, PLAIN);
        }
        if (windows && slashes.length() == 2) {
            slashes += "/"; // C: alone is the drive's working directory
        }
        return SCHEME + "//" + (slashes.startsWith("/") ? "" : "/") + PercentCode.encode(slashes, PLAIN);
    }
}
