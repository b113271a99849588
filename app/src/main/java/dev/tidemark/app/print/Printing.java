package dev.tidemark.app.print;

import dev.tidemark.app.detail.PrintedMarkdown;
import dev.tidemark.app.fx.Background;
import dev.tidemark.app.fx.OneLine;
import dev.tidemark.app.model.Arrangement;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemView;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Stylesheets;
import dev.tidemark.resources.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/**
 * Prints items and lists: reads and prints in the background, and lays out a page at a time in between, so that the window goes on. For
 * the JavaFX thread.
 */
public final class Printing {
    /** Some forty pages; whoever wants more has a mistake on the way to the printer. */
    static final int MOST_ROWS = 1000;

    private final Database database;
    private final Background reader;
    private final Background background;
    private final PrintDesk desk;
    private final Path folder;
    private final Window window;
    private final Consumer<String> said;
    private final Consumer<Throwable> failed;

    private record Document(String name, List<Block> blocks) {}

    /**
     * @param reader where things are read, after all that was written before
     * @param background where printers are looked for, and pages printed
     * @param folder where copies of attached images may be put
     * @param window asks and waits for the printer's dialog
     * @param said takes a sentence about what was done
     * @param failed takes what goes wrong
     */
    public Printing(
            Database database,
            Background reader,
            Background background,
            PrintDesk desk,
            Path folder,
            Window window,
            Consumer<String> said,
            Consumer<Throwable> failed) {
        this.database = database;
        this.reader = reader;
        this.background = background;
        this.desk = desk;
        this.folder = folder;
        this.window = window;
        this.said = said;
        this.failed = failed;
    }

    /**
     * Prints items in full, one after the other.
     *
     * @param ids finds them, where the database is read
     */
    public void items(Callable<List<UUID>> ids) {
        print(() -> {
            List<PrintedItem> found = new ArrayList<>();
            for (UUID id : ids.call()) {
                List<Attachment> attached = database.list(Attachment.of(id));
                Map<Attachment, Path> images = images(attached);
                database.list(ItemQueries.item(id)).forEach(item -> found.add(new PrintedItem(item, attached, images)));
            }
            String name = found.size() == 1 ? found.getFirst().name() : Texts.text(Keys.PRINT_SEVERAL, found.size());
            return new Document(
                    name, found.stream().flatMap(one -> one.blocks().stream()).toList());
        });
    }

    /** Prints the rows of a list. */
    public void list(String name, ItemView view, Arrangement arrangement) {
        print(() -> {
            List<ItemRow> rows = database.list(ItemQueries.rows(view, arrangement, 0, MOST_ROWS + 1));
            int total = rows.size() <= MOST_ROWS
                    ? rows.size()
                    : database.list(ItemQueries.count(view, arrangement)).getFirst();
            List<ItemRow> shown = rows.stream().limit(MOST_ROWS).toList();
            return new Document(name, PrintedRow.list(name, shown, total - shown.size()));
        });
    }

    /** What is not here is not fetched for it. */
    private Map<Attachment, Path> images(List<Attachment> attached) throws IOException {
        Map<Attachment, Path> images = new HashMap<>();
        for (Attachment one : attached) {
            if (PrintedMarkdown.isImage(one) && database.blobs().isHere(one.content())) {
                Path file = folder.resolve(one.content().hex().substring(0, 16)).resolve(one.safeName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                database.blobs().save(one.content(), file);
                images.put(one, file);
            }
        }
        return images;
    }

    private void print(Callable<Document> reading) {
        reader.run(
                reading,
                document -> background.run(
                        () -> {
                            desk.lookAround();
                            return document;
                        },
                        this::ask,
                        failed),
                failed);
    }

    private void ask(Document document) {
        String name = OneLine.brief(document.name());
        PrintDesk.Sheets sheets;
        try {
            sheets = desk.ask(window, name);
        } catch (RuntimeException e) {
            failed.accept(e);
            return;
        }
        if (sheets != null) {
            Pages pages = new Pages(
                    document.blocks().iterator(),
                    name,
                    sheets.width(),
                    sheets.height(),
                    List.of(Stylesheets.LIGHT, Stylesheets.MAIN));
            next(pages, sheets, 0);
        }
    }

    private void next(Pages pages, PrintDesk.Sheets sheets, int printed) {
        if (!pages.hasNext()) {
            background.run(
                    () -> {
                        sheets.end();
                        return printed;
                    },
                    number -> said.accept(Texts.text(Keys.PRINT_SENT, number)),
                    failed);
            return;
        }
        Region page;
        try {
            page = pages.next();
        } catch (RuntimeException e) {
            sheets.cancel();
            failed.accept(e);
            return;
        }
        background.run(
                () -> {
                    sheets.print(page);
                    return printed + 1;
                },
                number -> next(pages, sheets, number),
                problem -> {
                    sheets.cancel();
                    failed.accept(problem);
                });
    }
}
