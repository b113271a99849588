package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.internal.files.DirectoryFsync;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Replaces a database file with a copy of another one, while no process has it open ({@link Database#replace}).
 *
 * <p>Gives the present file a second name, then renames the copy atomically to the first name. So after a crash, one
 * database or the other has the first name. Before that, the database leaves WAL mode, which moves the WAL into the
 * file; SQLite refuses to leave WAL mode while another connection is open. A damaged database cannot leave WAL mode, so
 * its files are moved aside one by one, the database first. After a crash in between, there is no database, and the
 * next call creates it.
 */
final class DatabaseReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseReplacement.class);
    private static final List<String> SIDE_FILES = List.of("-wal", "-shm");

    private final Path file;
    private final Path renamedTo;
    private final Path fresh;

    /**
     * @param file the path of the database to be replaced. The file need not exist
     * @param renamedTo the new path of the old database, in the same folder
     */
    DatabaseReplacement(Path file, Path renamedTo) throws IOException {
        this.file = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        this.renamedTo = renamedTo;
        this.fresh = siblingFile(this.file, ".replacement");
    }

    static void replace(Path file, Path copy, Path renamedTo, Schema schema) {
        try {
            new DatabaseReplacement(file, renamedTo).run(copy, schema);
        } catch (SQLException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_REPLACED, file, SqlErrors.reason(e));
        } catch (IOException e) {
            throw new Database.OpenException(e, Problem.DATABASE_NOT_REPLACED, file, ErrorText.of(e));
        }
    }

    private void run(Path copy, Schema schema) throws SQLException, IOException {
        try {
            Files.deleteIfExists(fresh);
            duplicate(copy, fresh);
            // Checks the duplicate, because it becomes the database.
            check(copy, schema);
            moveCurrentAside();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            DirectoryFsync.force(folder());
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void check(Path copy, Schema schema) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(fresh));
                Statements statements = new Statements(connection)) {
            requireSound(statements, copy, schema);
        } finally {
            for (String ending : SIDE_FILES) {
                Files.deleteIfExists(siblingFile(fresh, ending));
            }
        }
    }

    /** Throws if the copy is no database of this program, is of a newer version, or is damaged. */
    static void requireSound(Statements statements, Path copy, Schema schema) throws SQLException {
        if (!DatabaseOpener.isTidemarkDatabase(statements)) {
            throw new Database.OpenException(Problem.DATABASE_FOREIGN, copy);
        }
        DatabaseOpener.readKnown(statements, copy, schema);
        if (!new IntegrityCheck(statements).damage().isEmpty()) {
            throw new Database.OpenException(Problem.DATABASE_NOT_REPLACED, copy, Problem.FILE_CORRUPT);
        }
    }

    private void moveCurrentAside() throws SQLException, IOException {
        if (Files.exists(renamedTo)) {
            throw new FileAlreadyExistsException(renamedTo.toString());
        }
        if (!Files.exists(file)) {
            moveAside(SIDE_FILES);
        } else if (leaveWalMode()) {
            linkAside();
            if (SIDE_FILES.stream().anyMatch(ending -> Files.exists(siblingFile(file, ending)))) {
                // Another process has opened the database in the meantime.
                Files.delete(renamedTo);
                throw new Database.OpenException(Problem.DATABASE_IN_USE, file);
            }
        } else {
            Files.move(file, renamedTo);
            moveAside(SIDE_FILES);
        }
        DirectoryFsync.force(folder());
    }

    /**
     * Moves the WAL into the database file and removes it.
     *
     * @return false if the database is damaged
     * @throws Database.OpenException if another connection is open
     */
    private boolean leaveWalMode() {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file));
                Statements statements = new Statements(connection)) {
            List<String> mode = statements.list("PRAGMA journal_mode = DELETE", row -> row.getString(1));
            if (!mode.equals(List.of("delete"))) {
                throw new Database.OpenException(Problem.DATABASE_IN_USE, file);
            }
            return true;
        } catch (SQLException e) {
            int code = e.getErrorCode() & 0xff;
            if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
                throw new Database.OpenException(e, Problem.DATABASE_IN_USE, file);
            }
            LOG.warn("{} is damaged and is moved aside as it is", file, e);
            return false;
        }
    }

    private void linkAside() throws IOException {
        try {
            Files.createLink(renamedTo, file);
        } catch (UnsupportedOperationException | IOException e) {
            LOG.debug("{} cannot be linked and is copied", file, e);
            duplicate(file, renamedTo);
        }
    }

    private void moveAside(List<String> endings) throws IOException {
        for (String ending : endings) {
            Path side = siblingFile(file, ending);
            if (Files.exists(side)) {
                Files.move(side, siblingFile(renamedTo, ending));
            }
        }
    }

    /** Copies a file to a new one that only its owner can read; the copy is durable. */
    static void duplicate(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = OwnerOnlyFiles.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = source.size();
            long done = 0;
            while (done < size) {
                done += source.transferTo(done, size - done, target);
            }
            target.force(true);
        }
    }

    private Path folder() {
        return Objects.requireNonNull(file.getParent(), "A file has a folder");
    }

    private static Path siblingFile(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
