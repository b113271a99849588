package dev.tidemark.app.exporting;

import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemExport;
import dev.tidemark.engine.Database;
import java.io.IOException;

/** Writes one JSON object per line, with every field. */
final class JsonLinesExport implements ExportFormat.Text {
    @Override
    public String id() {
        return "jsonl";
    }

    @Override
    public String extension() {
        return "jsonl";
    }

    @Override
    public Exported write(Database database, Appendable target) throws IOException {
        return new Exported(ItemExport.write(database, target), 0, 0, Attachment.count(database));
    }
}
