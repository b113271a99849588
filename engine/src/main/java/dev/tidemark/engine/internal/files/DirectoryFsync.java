package dev.tidemark.engine.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Makes the names in a folder durable. */
public final class DirectoryFsync {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private DirectoryFsync() {}

    /**
     * Returns when names that were created, renamed or removed in the folder would survive a power cut. Windows cannot do
     * this to a folder, and does not need it on NTFS, which journals names.
     */
    public static void force(Path folder) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
