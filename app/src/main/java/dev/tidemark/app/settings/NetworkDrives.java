package dev.tidemark.app.settings;

import dev.tidemark.app.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Detects file systems on which SQLite's WAL is unsafe, because processes on different machines cannot share the memory
 * that WAL needs (<a href="https://sqlite.org/wal.html">sqlite.org/wal.html</a>).
 */
final class NetworkDrives {
    private static final Pattern TYPES = Pattern.compile(
            "nfs\\d*|cifs|smb\\w*|afpfs|webdav|davfs2?|ncpfs|afs|ceph|glusterfs|fuse\\.(sshfs|davfs|glusterfs|rclone|s3fs|gvfsd-fuse)");

    private NetworkDrives() {}

    /** @throws ProblemException if the folder, which must exist, is on a network drive */
    static void refuse(Path folder) {
        String type;
        try {
            type = Files.getFileStore(folder).type();
        } catch (IOException e) {
            throw new ProblemException(e, "profile.unreadable", folder);
        }
        if (isNetwork(type)) {
            throw new ProblemException("profile.network", folder, type);
        }
    }

    static boolean isNetwork(String type) {
        return TYPES.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }
}
