package dev.tidemark.app.importing.format;

/**
 * Stands for Tidemark's own export: one JSON object a line. {@link dev.tidemark.app.model.ItemImport} reads it, and
 * rejects files of no known format with the number of the first invalid line.
 */
final class JsonLinesFormat implements ImportFormat {
    @Override
    public String id() {
        return "jsonl";
    }

    @Override
    public boolean recognises(Source source) {
        return true;
    }

    @Override
    public void read(Source source, ImportBuilder into) {
        throw new UnsupportedOperationException("ItemImport reads this format");
    }
}
