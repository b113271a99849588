package dev.tidemark.engine.internal.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The column names of a result and their positions, shared by its rows. Immutable, thread-safe. */
public final class ResultColumns {
    private final List<String> names;
    private final Map<String, Integer> positions;

    /** Creates the columns. If several have the same name, {@link #position} finds the first. */
    public ResultColumns(List<String> names) {
        this.names = List.copyOf(names);
        positions = HashMap.newHashMap(names.size());
        for (int index = 0; index < names.size(); index++) {
            positions.putIfAbsent(AsciiCase.lower(names.get(index)), index);
        }
    }

    public static ResultColumns of(ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<String> names = new ArrayList<>(metaData.getColumnCount());
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            names.add(metaData.getColumnLabel(column));
        }
        return new ResultColumns(names);
    }

    public List<String> names() {
        return names;
    }

    /** Returns the position of the column, counted from 0; -1 if no column has the name. */
    public int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            position = positions.get(AsciiCase.lower(name));
        }
        return position == null ? -1 : position;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof ResultColumns columns && columns.names.equals(names));
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }
}
