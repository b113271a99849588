package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The last opening and export of a database file, noted to detect copies and restored backups: see
 * {@link ReplicaBinding}. Immutable.
 *
 * @param file the path of the database file, without symbolic links
 * @param inode the {@link #inode} of the database file
 * @param machine the {@link #machine} of the folder that contains the note
 * @param opened how often the file was opened
 * @param replica the replica id under which the file last exported changes
 * @param exported the sequence number of the last change that was exported under this id
 */
record FileNote(String file, String inode, String machine, long opened, long replica, long exported) {
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");

    /** Returns the identity of a file or folder. A renamed file keeps its identity. A copy has a different one. */
    static String inode(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        if (key != null) {
            // As text it is "(dev=…,ino=…)". Device numbers may change when the system restarts.
            return key.toString().replaceFirst("^.*ino=(\\d+).*$", "$1");
        }
        try {
            // Windows has no such key, but its volumes have serial numbers.
            return Files.getFileStore(file).getAttribute("volume:vsn") + " "
                    + attributes.creationTime().toMillis();
        } catch (UnsupportedOperationException e) {
            throw new IOException("The file system has neither inodes nor serial numbers: " + file, e);
        }
    }

    /** Returns the identity of a folder. A copy of the folder on another computer or disk has a different one. */
    static String machine(Path folder) throws IOException {
        return (Files.exists(MACHINE_ID) ? Files.readString(MACHINE_ID).strip() : "") + " " + inode(folder);
    }

    /** Reads a note; null if there is none. */
    static @Nullable FileNote read(Path note) throws IOException {
        try {
            Properties read = new Properties();
            read.load(new StringReader(Files.readString(note)));
            return new FileNote(
                    read.getProperty("file", ""),
                    read.getProperty("inode", ""),
                    read.getProperty("machine", ""),
                    Long.parseLong(read.getProperty("opened")),
                    Long.parseLong(read.getProperty("replica")),
                    Long.parseLong(read.getProperty("exported")));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException e) {
            throw new IOException("Malformed: " + note, e);
        }
    }

    /** Writes a draft, forces it to the disk, and renames it over the note. */
    void write(Path note) throws IOException {
        Properties written = new Properties();
        written.setProperty("file", file);
        written.setProperty("inode", inode);
        written.setProperty("machine", machine);
        written.setProperty("opened", String.valueOf(opened));
        written.setProperty("replica", String.valueOf(replica));
        written.setProperty("exported", String.valueOf(exported));
        StringWriter text = new StringWriter();
        written.store(text, null);
        Path draft = note.resolveSibling(
                note.getFileName() + "." + ProcessHandle.current().pid());
        try (FileChannel channel = OwnerOnlyFiles.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns this note, but with the greater of its numbers and those of another note. */
    FileNote atLeast(FileNote other) {
        return new FileNote(
                file,
                inode,
                machine,
                Math.max(opened, other.opened),
                replica,
                replica == other.replica ? Math.max(exported, other.exported) : exported);
    }

    /**
     * Returns whether both notes describe the same file, and this note is still in the folder in which it was written.
     */
    boolean describesSameFile(FileNote now) {
        return machine.equals(now.machine) && (file.equals(now.file) || inode.equals(now.inode));
    }

    /** Returns whether the other note describes an earlier state of the file. */
    boolean isAhead(FileNote now) {
        return opened > now.opened || (replica == now.replica && exported > now.exported);
    }
}
