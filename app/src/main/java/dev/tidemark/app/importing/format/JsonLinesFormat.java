package dev.tidemark.app.importing.format;

/**
 * Tidemark's own export format, one JSON object per line. {@link dev.tidemark.app.model.ItemImport} reads it. It also
 * gets files of unknown formats, and rejects them with the number of the first invalid line.
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
