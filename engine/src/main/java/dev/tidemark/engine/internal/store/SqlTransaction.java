package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Conflict;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.records.RecordMapper;
import dev.tidemark.engine.internal.records.Values;
import dev.tidemark.engine.internal.schema.SyncedTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transaction handed to applications. Not thread-safe; dead once it has ended. */
final class SqlTransaction implements Transaction {
    private final WriteConnection connection;
    private final SqlReader reader;
    private final CellStore cells;
    private final LocalCommit capture;
    private final TableShapes shapes;
    private final StatementEffects effects;
    private final Set<String> written = new HashSet<>();
    private boolean ended;

    SqlTransaction(
            WriteConnection connection,
            SqlReader reader,
            CellStore cells,
            LocalCommit capture,
            TableShapes shapes,
            StatementEffects effects) {
        this.connection = connection;
        this.reader = reader;
        this.cells = cells;
        this.capture = capture;
        this.shapes = shapes;
        this.effects = effects;
    }

    @Override
    public <T> List<T> list(Query<T> query) {
        requireOpen();
        return reader.list(query);
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        requireOpen();
        try {
            StatementEffects.Effect effect = effects.of(sql);
            if (effect.parameters() != parameters.length) {
                throw new QueryException("The statement takes " + effect.parameters() + " parameters, but got "
                        + parameters.length + ": " + sql);
            }
            PreparedStatement statement = reader.statements().prepared(sql);
            for (int index = 0; index < parameters.length; index++) {
                Values.bind(statement, index + 1, parameters[index]);
            }
            written.addAll(effect.tables());
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw refused(sql, e);
        }
    }

    private RuntimeException refused(String sql, SQLException cause) {
        try {
            if (connection.isInTransaction()) {
                return SqlReader.refused(sql, cause);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        ended = true;
        return new TransactionException(
                "The statement failed and ended the transaction; nothing was changed: " + cause.getMessage(), cause);
    }

    @Override
    public UUID save(String table, Record record) {
        requireOpen();
        Map<String, @Nullable Object> columns = RecordMapper.columnsOf(record);
        if (!columns.containsKey("id")) {
            throw new QueryException("The record " + record.getClass().getName() + " has no component id.");
        }
        Object given = columns.get("id");
        UUID id = given == null ? dev.tidemark.engine.Ids.next() : Values.uuid(given);
        if (id == null) {
            throw new QueryException("The id of " + record.getClass().getName() + " is not a UUID.");
        }
        TableShapes.Shape shape = shapes.of(table);
        TableShapes.Save save = shape.save(columns.keySet());
        @Nullable Object[] parameters = new @Nullable Object[save.columns().size()];
        for (int index = 0; index < parameters.length; index++) {
            String column = save.columns().get(index);
            Object value = column.equals("id") ? id : columns.get(column);
            parameters[index] = shape.textIds() && value instanceof UUID uuid ? uuid.toString() : value;
        }
        execute(save.sql(), parameters);
        return id;
    }

    @Override
    public boolean delete(String table, UUID id) {
        TableShapes.Shape shape = shapes.of(table);
        return execute(
                        "DELETE FROM " + SyncedTable.quote(table) + " WHERE id = ?",
                        shape.textIds() ? id.toString() : id)
                > 0;
    }

    @Override
    public void resolve(String table, UUID id, String column) {
        requireOpen();
        SyncedTable synced = cells.catalog().named(table);
        if (synced == null) {
            throw new TransactionException("The table " + table + " is not synced.");
        }
        try {
            TrackedRow row = cells.load(synced.number(), id);
            boolean present = shapes.of(table).isPresent(id);
            if (!row.isKnown() && !present) {
                throw new TransactionException("There is no row " + id + " in " + table + ".");
            }
            if (column.equals(Conflict.ROW)) {
                capture.force(synced, id, RowState.EXISTS);
                return;
            }
            if (!present) {
                throw new TransactionException("The row " + id + " of " + table + " is not shown.");
            }
            capture.force(synced, id, cellOf(synced, column));
        } catch (SQLException e) {
            throw SqlReader.refused("resolve " + table, e);
        }
    }

    private static int cellOf(SyncedTable table, String column) {
        return table.columns().stream()
                .filter(known -> known.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow(
                        () -> new TransactionException("The table " + table.name() + " has no column " + column + "."))
                .cell();
    }

    private void requireOpen() {
        if (ended) {
            throw new TransactionException("The transaction has ended.");
        }
    }

    /** Ends it for the application. */
    void end() {
        requireOpen();
        ended = true;
    }

    /** The tables that statements wrote to, local ones included. */
    Set<String> written() {
        return written;
    }
}
