package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** Passes figures from one process to another. */
public final class FigureFile {
    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private FigureFile() {}

    /** Writes them whole. */
    public static void write(Path file, List<Figure> figures) throws IOException {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("id", figure.id());
            fields.put("what", figure.what());
            fields.put("unit", figure.unit());
            fields.put("runs", figure.runs());
            fields.put("baseline", figure.baseline());
            list.add(fields);
        }
        Files.writeString(file, WITH_NULLS.asString(list));
    }

    /** Reads what {@link #write} has written. */
    public static List<Figure> read(Path file) throws IOException {
        List<Figure> figures = new ArrayList<>();
        for (Object each : JSON.std.listFrom(Files.readString(file))) {
            Map<?, ?> fields = (Map<?, ?>) each;
            figures.add(new Figure(
                    (String) fields.get("id"),
                    (String) fields.get("what"),
                    (String) fields.get("unit"),
                    ((List<?>) fields.get("runs"))
                            .stream().map(FigureFile::number).toList(),
                    number(fields.get("baseline"))));
        }
        return figures;
    }

    private static Double number(Object value) {
        return value == null ? null : (Double) ((Number) value).doubleValue();
    }
}
