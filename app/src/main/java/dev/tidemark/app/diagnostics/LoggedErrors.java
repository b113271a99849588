package dev.tidemark.app.diagnostics;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the last warnings and errors from the logs of a profile, with time, level, code and logger. */
final class LoggedErrors {
    private static final Pattern LINE =
            Pattern.compile("^(\\d{4}-\\S+) (WARN|ERROR) \\[[^\\]]*\\] (\\S+) \\((\\S+)\\) - .*");
    private static final int MAX_LINES = 20;

    private LoggedErrors() {}

    /** Returns the logged errors, latest last, each in one line. If a log file cannot be read, one line says so. */
    static List<String> in(Path folder) {
        List<String> found = new ArrayList<>();
        for (String name : LogFile.NAMES) {
            for (Path file : List.of(folder.resolve(name + ".1.log"), folder.resolve(name + ".log"))) {
                if (Files.exists(file)) {
                    read(file, found);
                }
            }
        }
        // Sorts the lines as text, because they begin with a date and a time, and the times usually have the same
        // offset.
        found.sort(Comparator.naturalOrder());
        return found.subList(Math.max(0, found.size() - MAX_LINES), found.size());
    }

    private static void read(Path file, List<String> found) {
        var decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        try (BufferedReader reader =
                new BufferedReader(new java.io.InputStreamReader(Files.newInputStream(file), decoder))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    found.add(String.join(" ", matcher.group(1), matcher.group(2), matcher.group(4), matcher.group(3)));
                }
            }
        } catch (IOException e) {
            found.add("The log " + file.getFileName() + " cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }
}
