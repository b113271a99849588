package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.records.RecordMapper;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.BoundSql;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Implements {@link Transaction} on the connection of the application. Not thread-safe. Fails once it has ended. */
final class SqlTransaction implements Transaction {
    /** A query without this word cannot change data. */
    private static final Pattern MAY_RETURN = Pattern.compile("\\bRETURNING\\b", Pattern.CASE_INSENSITIVE);

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
        try {
            if (MAY_RETURN.matcher(query.sql()).find()) {
                written.addAll(effects.tables(query.sql()));
            }
            return reader.list(query);
        } catch (SQLException e) {
            throw refused(query.sql(), e);
        } catch (QueryException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw refused(query.sql(), cause);
            }
            throw e;
        }
    }

    @Override
    public <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work) {
        requireOpen();
        if (MAY_RETURN.matcher(query.sql()).find()) {
            // The statement writes while its rows are read, so all rows are read first.
            return work.apply(list(query).stream());
        }
        return reader.stream(query, work);
    }

    @Override
    public int execute(String sql, @Nullable Object... parameters) {
        return execute(BoundSql.of(sql, Arrays.asList(parameters), Map.of()));
    }

    @Override
    public int execute(String sql, Map<String, ? extends @Nullable Object> parameters) {
        return execute(BoundSql.of(sql, List.of(), parameters));
    }

    private int execute(BoundSql bound) {
        String sql = bound.sql();
        @Nullable Object[] parameters = reader.idsAsStored(bound.parameters()).toArray();
        requireOpen();
        try {
            StatementEffects.Effect effect = effects.of(sql);
            if (effect.parameters() != parameters.length) {
                throw new QueryException(
                        Problem.QUERY_PARAMETERS, effect.parameters(), parameters.length, SqlErrors.excerpt(sql));
            }
            PreparedStatement statement = reader.statements().prepared(sql);
            for (int index = 0; index < parameters.length; index++) {
                Values.bind(statement, index + 1, parameters[index]);
            }
            written.addAll(effect.tables());
            return statement.executeUpdate();
        } catch (SQLException e) {
            reader.statements().discard(sql, e);
            throw refused(sql, e);
        }
    }

    private RuntimeException refused(String sql, SQLException cause) {
        capture.statementFailed();
        try {
            if (connection.isInTransaction()) {
                return SqlReader.refused(sql, cause);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        ended = true;
        return SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, cause);
    }

    @Override
    public UUID save(String table, Record record) {
        requireOpen();
        Map<String, @Nullable Object> columns = RecordMapper.columnsOf(record);
        if (!columns.containsKey("id")) {
            throw new QueryException(Problem.RECORD_NO_ID, record.getClass().getName());
        }
        Object given = columns.get("id");
        UUID id = given == null ? dev.tidemark.engine.Ids.next() : Values.uuid(given);
        if (id == null) {
            throw new QueryException(
                    Problem.RECORD_ID_NOT_UUID, record.getClass().getName());
        }
        TableShapes.Shape shape = shapes.of(table);
        TableShapes.Save save = shape.save(columns.keySet());
        int last = save.columns().size();
        @Nullable Object[] parameters = new @Nullable Object[last + 1];
        for (int index = 0; index < last; index++) {
            String column = save.columns().get(index);
            parameters[index] = shape.valueFor(column, columns.get(column));
        }
        parameters[last] = shape.valueFor("id", id);
        if (given == null || save.update() == null || execute(save.update(), parameters) == 0) {
            execute(save.insert(), parameters);
        }
        return id;
    }

    @Override
    public boolean delete(String table, UUID id) {
        TableShapes.Shape shape = shapes.of(table);
        return execute("DELETE FROM " + SqlText.quote(table) + " WHERE id = ?", shape.valueFor("id", id)) > 0
                || deleteHidden(table, id);
    }

    private boolean deleteHidden(String table, UUID id) {
        SyncedTable synced = cells.catalog().named(table);
        return synced != null
                && attempt("delete from " + table, () -> {
                    Visibility before = cells.load(synced.number(), id).visibilityBefore();
                    boolean hidden = before == Visibility.HIDDEN || before == Visibility.COLLECTED;
                    if (hidden) {
                        capture.force(synced, id, Sibling.DELETE);
                    }
                    return hidden;
                });
    }

    private <T> T attempt(String call, SqlCall<T> work) {
        requireOpen();
        try {
            return work.run();
        } catch (SQLException e) {
            throw SqlReader.refused(call, e);
        }
    }

    private interface SqlCall<T> {
        T run() throws SQLException;
    }

    @Override
    public boolean restore(String table, UUID id) {
        return attempt("restore " + table, () -> {
            SyncedTable synced = cells.catalog().required(table);
            TrackedRow row = cells.load(synced.number(), id);
            Visibility before = row.visibilityBefore();
            if (!row.isKnown()
                    || (before != Visibility.DELETED && before != Visibility.COLLECTED)
                    || shapes.of(table).isPresent(id)) {
                return false;
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("id", CellStore.idValue(synced, id));
            for (SyncedTable.Column column : synced.columns()) {
                if (row.state().winner(column.cell()) != null) {
                    values.put(column.name(), row.values().get(column.cell()));
                }
            }
            insert(synced, id, values);
            return true;
        });
    }

    /**
     * Inserts a row that is not shown. Records a write of its existence even if all values equal those of its cells.
     */
    void insert(SyncedTable table, UUID id, Map<String, @Nullable Object> values) {
        execute(SqlText.insert(table.name(), values.keySet()), values.values().toArray());
        capture.force(table, id, RowState.EXISTS);
    }

    @Override
    public long restoreDeletedWith(String table, UUID id) {
        return attempt(
                "restore " + table,
                () -> new CascadedRows(this, cells).restore(cells.catalog().required(table), id));
    }

    @Override
    public List<Transaction.RowEdit> edits() {
        requireOpen();
        try {
            return capture.edits();
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
        }
    }

    @Override
    public List<Transaction.RowEdit> revert(List<Transaction.RowEdit> edits) {
        requireOpen();
        try {
            return new EditReverter(this, capture, cells).revert(edits);
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
        }
    }

    @Override
    public void resolve(String table, UUID id, String column) {
        attempt("resolve " + table, () -> {
            SyncedTable synced = cells.catalog().required(table);
            boolean present = shapes.of(table).isPresent(id);
            if (!present && !cells.load(synced.number(), id).isKnown()) {
                throw new TransactionException(Problem.TRANSACTION_ROW_UNKNOWN, id, table);
            }
            boolean whole = column.equals(Conflict.ROW);
            if (!present && !whole) {
                throw new TransactionException(Problem.TRANSACTION_ROW_NOT_SHOWN, id, table);
            }
            capture.force(synced, id, whole ? RowState.EXISTS : cellOf(synced, column));
            return true;
        });
    }

    private static int cellOf(SyncedTable table, String column) {
        return table.columns().stream()
                .filter(known -> known.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow(() -> new TransactionException(Problem.TRANSACTION_COLUMN_UNKNOWN, table.name(), column))
                .cell();
    }

    private void requireOpen() {
        if (ended) {
            throw new TransactionException(Problem.TRANSACTION_ENDED);
        }
    }

    void end() {
        requireOpen();
        ended = true;
    }

    /** Ends this transaction after a rollback, because later statements would run in autocommit mode. */
    void invalidate() {
        ended = true;
    }

    /** Returns the tables that statements wrote to, local ones included. */
    Set<String> written() {
        return written;
    }
}
