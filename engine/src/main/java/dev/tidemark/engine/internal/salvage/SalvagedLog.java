package dev.tidemark.engine.internal.salvage;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.log.BlockCodec;
import dev.tidemark.engine.internal.log.BlockId;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.SqliteUrl;
import dev.tidemark.engine.internal.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of a damaged database whose blocks verify, found in its pages ({@link LeafRecords}). Not thread-safe.
 */
public final class SalvagedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SalvagedLog.class);

    /** A row that claims more changes is damaged: a block has up to 1,000. */
    private static final long MAX_CHANGES = 10_000;

    private final LeafRecords pages;
    private final Connection memory;
    private final Statements memoryStatements;
    private final BlockCodec codec;
    private final SalvagedNames names;
    private final Identity identity;
    private final Map<Integer, List<LeafRecords.LogRow>> blocks = new HashMap<>();

    /**
     * What the damaged database says of itself.
     *
     * @param library {@code null} if it cannot be read
     * @param replica its own id; {@code null} if it cannot be read
     * @param exported the last own change that may have left the file; 0 if it cannot be read
     * @param hasStorage whether it ever synced with a storage; true if it cannot be read
     */
    public record Identity(@Nullable UUID library, @Nullable ReplicaId replica, long exported, boolean hasStorage) {
        private static final Identity UNKNOWN = new Identity(null, null, 0, true);
    }

    private SalvagedLog(LeafRecords pages, SalvagedNames names, Identity identity, Connection memory)
            throws SQLException {
        this.pages = pages;
        this.names = names;
        // An id that table and index do not agree on is damaged.
        boolean isKnown =
                names.replicas().values().stream().anyMatch(each -> each.id().equals(identity.replica()));
        this.identity = isKnown ? identity : new Identity(identity.library(), null, 0, identity.hasStorage());
        this.memory = memory;
        this.memoryStatements = new Statements(memory);
        names.writeTo(memoryStatements);
        this.codec = new BlockCodec(new NameDictionary(memory));
    }

    /**
     * Reads the names and finds the blocks.
     *
     * @param copy of the damaged database
     * @param backup a sound backup of it; {@code null} for none
     */
    public static SalvagedLog open(FlattenedCopy copy, @Nullable Statements backup) throws SQLException, IOException {
        Named named = named(copy, backup);
        LeafRecords pages = new LeafRecords(copy.file(), copy.pageSize());
        try {
            SalvagedLog log = new SalvagedLog(
                    pages, named.names(), named.identity(), DriverManager.getConnection("jdbc:sqlite::memory:"));
            pages.findLogRows(row -> log.blocks
                    .computeIfAbsent(BlockId.replica(row.id()), replica -> new ArrayList<>())
                    .add(row));
            log.blocks.values().forEach(rows -> rows.sort(Comparator.comparingLong(LeafRecords.LogRow::id)));
            return log;
        } catch (SQLException | IOException | RuntimeException e) {
            pages.close();
            throw e;
        }
    }

    private record Named(SalvagedNames names, Identity identity) {}

    private static Named named(FlattenedCopy copy, @Nullable Statements backup) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(copy.file()));
                Statements statements = new Statements(connection)) {
            // Opens a file that is cut or has a damaged schema, as far as possible.
            statements.update("PRAGMA writable_schema = ON");
            return new Named(SalvagedNames.read(statements, backup), identity(statements));
        } catch (SQLException e) {
            LOG.info("SQLite cannot open the damaged database {}", copy.file(), e);
            return new Named(SalvagedNames.read(null, backup), Identity.UNKNOWN);
        }
    }

    private static Identity identity(Statements damaged) {
        try {
            boolean hasStorage = damaged.exists("SELECT 1 FROM tm_remote");
            Identity found = damaged.first(
                    "SELECT s.library, r.id, r.exported_up_to FROM tm_state s JOIN tm_replica r ON r.no = s.replica",
                    row -> new Identity(
                            row.getBytes(1) == null ? null : ChangeCodec.idOf(row.getBytes(1)),
                            new ReplicaId(row.getLong(2)),
                            row.getLong(3),
                            hasStorage));
            return found == null ? Identity.UNKNOWN : found;
        } catch (SQLException | RuntimeException e) {
            LOG.info("The identity of the damaged database cannot be read", e);
            return Identity.UNKNOWN;
        }
    }

    /** Returns what the damaged database says of itself. */
    public Identity identity() {
        return identity;
    }

    /** Whether the damaged database still says how many changes of each replica it has. */
    public boolean areHeadsKnown() {
        return names.isComplete();
    }

    /** Returns the number of the last change of each replica, as far as the database or a block still says it. */
    public Map<ReplicaId, Long> heads() {
        Map<ReplicaId, Long> heads = new HashMap<>();
        names.replicas()
                .forEach((number, replica) -> heads.put(replica.id(), Math.max(replica.head(), lastReadable(number))));
        return heads;
    }

    private long lastReadable(int replica) {
        for (LeafRecords.LogRow block : blocks.getOrDefault(replica, List.of()).reversed()) {
            if (decoded(block) != null) {
                return block.last();
            }
        }
        return 0;
    }

    /** Returns the name of a device; empty if it has none. */
    public String name(ReplicaId replica) {
        return names.replicas().values().stream()
                .filter(each -> each.id().equals(replica))
                .map(SalvagedNames.Replica::name)
                .findFirst()
                .orElse("");
    }

    /** Returns the readable changes of a replica above a number, in order; numbers may be missing between them. */
    public Run run(ReplicaId replica, long after) {
        List<LeafRecords.LogRow> found = new ArrayList<>();
        names.replicas().forEach((number, known) -> {
            if (known.id().equals(replica)) {
                found.addAll(blocks.getOrDefault(number, List.of()));
            }
        });
        return new Run(found, after);
    }

    private @Nullable List<Change> decoded(LeafRecords.LogRow block) {
        try {
            byte[] body = pages.body(block);
            long changes = block.last() - BlockId.first(block.id()) + 1;
            if (body == null || body.length == 0 || changes < 1 || changes > MAX_CHANGES) {
                return null;
            }
            return codec.decode(block.id(), block.last(), body);
        } catch (FormatException | UncheckedIOException e) {
            LOG.debug("The block {} of the changelog does not verify", block, e);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The readable changes of one replica. Not thread-safe. */
    public final class Run {
        private final List<LeafRecords.LogRow> rows;
        private long after;
        private int nextRow;
        private List<Change> changes = List.of();
        private int nextChange;

        private Run(List<LeafRecords.LogRow> rows, long after) {
            this.rows = rows;
            this.after = after;
        }

        /** Returns the next change without passing it; {@code null} at the end. */
        public @Nullable Change peek() {
            while (nextChange < changes.size() || nextRow < rows.size()) {
                if (nextChange == changes.size()) {
                    load(rows.get(nextRow++));
                } else if (changes.get(nextChange).dot().sequence() <= after) {
                    nextChange++;
                } else {
                    return changes.get(nextChange);
                }
            }
            return null;
        }

        private void load(LeafRecords.LogRow row) {
            List<Change> found = row.last() > after ? decoded(row) : null;
            changes = found == null ? List.of() : found;
            nextChange = 0;
        }

        /** Passes the change that {@link #peek} has returned. */
        public void advance() {
            after = changes.get(nextChange).dot().sequence();
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        memoryStatements.close();
        memory.close();
        pages.close();
    }
}
