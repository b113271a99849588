package dev.tidemark.engine.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Fsyncs folders, so that the names in them are durable. */
public final class DirectoryFsync {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private DirectoryFsync() {}

    /**
     * Makes names durable that were created, renamed or removed in the folder, so that they survive a power cut. Does
     * nothing on Windows, because folders cannot be fsynced there, and NTFS journals names.
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
