package dev.tidemark.app.exporting;

import dev.tidemark.app.interchange.Csv;
import dev.tidemark.app.interchange.CsvCell;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.app.model.ItemJson;
import dev.tidemark.engine.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a table with a line for each item. The columns have the names of the JSON form. Commas separate tags. */
final class CsvExport implements ExportFormat.Text {
    private static final List<String> COLUMNS = List.of(
            "id",
            "kind",
            "title",
            "body",
            "done",
            "due",
            "repeat",
            "reminder",
            "dismissed",
            "priority",
            "list",
            "tags",
            "trashed",
            "createdAt");

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public Exported write(Database database, Appendable target) throws IOException {
        target.append(Csv.record(COLUMNS)).append("\r\n");
        int items = ItemExport.forEach(database, details -> {
            Map<String, @Nullable Object> fields = ItemJson.fields(details);
            List<String> cells = new ArrayList<>();
            for (String column : COLUMNS) {
                cells.add(CsvCell.protect(cell(fields.get(column))));
            }
            target.append(Csv.record(cells)).append("\r\n");
        });
        return new Exported(items, 0, 0, Attachment.count(database));
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case List<?> list -> Csv.record(list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
    }
}
