package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects, before the first write, whether a database file is a copy or was restored from a backup
 * (docs/correctness.md#r6, decision 70). Thread-safe.
 *
 * <p>The database stores a random token. Each state folder that the application configures contains a {@link FileNote}
 * about the database, in a file whose name is the token. If the note is about another database file, the present file
 * is a copy. If the note describes a later state of the present file, that file was restored. Without a note, the
 * present file is a copy if the engine made it as a backup, or if its inode differs from the inode stored in it.
 */
final class ReplicaBinding {
    /** The origin of a database file. If the notes about a file disagree, the first of these origins applies. */
    private enum Origin {
        /** An earlier state of the file, restored in its place. */
        RESTORED,
        /** The file that was last closed here, or one without a token. */
        CURRENT,
        /** A copy, or a file that was moved to another disk. The original may still be in use. */
        COPY
    }

    /** The prefix of the token in a copy that the engine made. */
    private static final String BACKUP = "backup ";

    static final String IS_BACKUP = "SELECT 1 FROM tm_state WHERE token LIKE '" + BACKUP + "%'";
    static final String MARK_AS_BACKUP = "UPDATE tm_state SET token = '" + BACKUP + "' || token";

    /**
     * The form of a token. Other tokens are refused, because a token becomes a file name and a database may come from
     * an untrusted source.
     */
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaBinding.class);

    private final Path file;
    private final List<Path> folders;
    private String token = "";
    private long opened;
    private long replica;
    private long exported;

    /**
     * @param file the database file, without symbolic links
     * @param folders the state folders, for the notes; if empty, only the engine's own backups are detected
     */
    ReplicaBinding(Path file, List<Path> folders) {
        this.file = file;
        this.folders = folders;
    }

    boolean hasFolders() {
        return !folders.isEmpty();
    }

    /**
     * Counts the opening. Unless the file is current, it also switches to a new replica id. If a note cannot be read,
     * the replica keeps its id, and the next sync detects a possible fork.
     */
    void bind(CommitPipeline commits, EngineWriter writer, WriteSession session, IdGenerator ids) {
        try {
            Origin origin =
                    commits.durably(() -> writer.inReplicaTransaction(state -> switchAndCount(session, state, ids)));
            writeToken();
            if (origin != Origin.CURRENT) {
                commits.tablesChanged(Set.of("tm_replica"));
                LOG.info("{} is not the file that was last closed here ({}): it has a new replica id", file, origin);
            }
        } catch (UncheckedIOException e) {
            clearToken();
            LOG.warn("Whether {} is a copy or a restored backup cannot be decided", file, e.getCause());
        }
    }

    /** Clears the token after a rollback, because the file does not contain the new token. */
    private synchronized void clearToken() {
        token = "";
    }

    private Origin switchAndCount(WriteSession session, ReplicaState state, IdGenerator ids) throws SQLException {
        Statements statements = session.statements();
        try {
            Origin origin = compare(statements, state);
            switch (origin) {
                case CURRENT -> {}
                case COPY -> ReplicaIdRotation.continueAsNew(session, state, ids);
                // The later state of the file no longer exists, so the old id is retired at the head of this file.
                case RESTORED -> ReplicaIdRotation.rotate(session, state, state.head(), state.head(), ids);
            }
            count(statements, ReplicaState.read(statements), origin, ids.nonce() + ids.nonce());
            return origin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compares the file with its notes, inside the transaction that counts the opening. A process updates a note only
     * after the state that the note describes is durable, so a note is never ahead of its own file.
     *
     * @throws IOException if a note exists and cannot be read
     */
    private synchronized Origin compare(Statements statements, ReplicaState state) throws SQLException, IOException {
        token = statements
                .list("SELECT token FROM tm_state", row -> row.getString(1))
                .getFirst();
        boolean isBackup = token.startsWith(BACKUP);
        token = isBackup ? token.substring(BACKUP.length()) : token;
        opened = statements.number("SELECT opened FROM tm_state");
        replica = state.replica().value();
        exported = state.exportedUpTo();
        if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
            token = "";
            return Origin.COPY;
        }
        Set<Origin> origins = EnumSet.noneOf(Origin.class);
        for (Path folder : folders) {
            FileNote note = token.isEmpty() ? null : FileNote.read(folder.resolve(token));
            if (note != null) {
                FileNote now = now(folder);
                origins.add(
                        !note.describesSameFile(now)
                                ? Origin.COPY
                                : note.isAhead(now) ? Origin.RESTORED : Origin.CURRENT);
            }
        }
        if (!origins.isEmpty()) {
            return origins.iterator().next();
        }
        // Without a note, compares inodes. The notes may be lost, or belong to another user account.
        boolean isSame =
                token.isEmpty() || statements.exists("SELECT 1 FROM tm_state WHERE inode = ?", FileNote.inode(file));
        return isSame && !isBackup ? Origin.CURRENT : Origin.COPY;
    }

    /**
     * Counts the opening. Gives the file a new token if it is not current or has none.
     *
     * @param state the state after a possible switch to a new replica id
     */
    private synchronized void count(Statements statements, ReplicaState state, Origin origin, String newToken)
            throws SQLException, IOException {
        replica = state.replica().value();
        exported = state.exportedUpTo();
        opened++;
        if (origin != Origin.CURRENT || token.isEmpty()) {
            token = newToken;
            // Runs before the commit: a new token without a note would look like a copy to another process.
            write();
        }
        statements.update("UPDATE tm_state SET token = ?, opened = ?, inode = ?", token, opened, FileNote.inode(file));
    }

    /**
     * Updates the notes. Must be called before changes up to {@code last} are exported, and after the mark in the
     * database is durable.
     */
    synchronized void exported(Dot last) {
        if (replica != last.replica().value() || exported < last.sequence()) {
            replica = last.replica().value();
            exported = last.sequence();
            writeToken();
        }
    }

    private synchronized void writeToken() {
        if (!token.isEmpty()) {
            try {
                write();
            } catch (IOException e) {
                LOG.warn("The note about {} cannot be written: a backup restored later may go unnoticed", file, e);
            }
        }
    }

    private void write() throws IOException {
        for (Path folder : folders) {
            OwnerOnlyFiles.createFolders(folder);
            Path note = folder.resolve(token);
            FileNote before = FileNote.read(note);
            // Another process may have the file open, and may have written a later note.
            (before == null ? now(folder) : now(folder).atLeast(before)).write(note);
        }
    }

    private FileNote now(Path folder) throws IOException {
        return new FileNote(file.toString(), FileNote.inode(file), FileNote.machine(folder), opened, replica, exported);
    }
}
