package dev.tidemark.app.print;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.attachment.OpenedFileCache;
import dev.tidemark.app.detail.PrintedMarkdown;
import dev.tidemark.app.fx.SerialTaskRunner;
import dev.tidemark.app.fx.SingleLineText;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.app.model.ItemQueries;
import dev.tidemark.app.model.ItemRow;
import dev.tidemark.app.model.ItemSource;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.app.model.ViewOptions;
import dev.tidemark.app.print.Pages.Block;
import dev.tidemark.engine.Database;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;
import dev.tidemark.resources.Stylesheets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints items and lists. The window stays responsive, because reading and printing run in the background and only one
 * page is laid out at a time. For the JavaFX thread.
 *
 * @param reader runs reads of the database after all earlier writes
 * @param background searches for printers and prints pages
 * @param copies stores copies of attached images
 * @param window the owner of the print dialog
 * @param listener receives a sentence about a finished job
 */
public record Printing(
        Database database,
        SerialTaskRunner reader,
        SerialTaskRunner background,
        PrintService printService,
        OpenedFileCache copies,
        Window window,
        Consumer<String> listener,
        Consumer<Throwable> failed) {
    private static final Logger LOG = LoggerFactory.getLogger(Printing.class);

    /** The maximum number of printed rows. They fill about forty pages, and more are probably a mistake. */
    static final int MAX_ROWS = 1000;

    private record Document(String name, List<Block> blocks) {}

    /**
     * Prints items in full, one after the other.
     *
     * @param ids returns the ids of the items. Called in the background
     */
    public void items(Callable<List<UUID>> ids) {
        print(() -> {
            List<PrintedItem> found = new ArrayList<>();
            for (UUID id : ids.call()) {
                List<Attachment> attached = database.list(Attachment.of(id));
                Map<Attachment, DecodableImage> images = images(attached);
                database.list(ItemQueries.item(id)).forEach(item -> found.add(new PrintedItem(item, attached, images)));
            }
            String name = found.size() == 1 ? found.getFirst().name() : Messages.text(Keys.PRINT_SEVERAL, found.size());
            return new Document(
                    name, found.stream().flatMap(one -> one.blocks().stream()).toList());
        });
    }

    public void list(String name, ItemSource view, ViewOptions arrangement) {
        print(() -> {
            List<ItemRow> rows = database.list(ItemQueries.rows(view, arrangement, 0, MAX_ROWS + 1));
            int total = rows.size() <= MAX_ROWS
                    ? rows.size()
                    : database.list(ItemQueries.count(view, arrangement)).getFirst();
            List<ItemRow> shown = rows.stream().limit(MAX_ROWS).toList();
            return new Document(name, PrintedRow.list(name, shown, total - shown.size()));
        });
    }

    /** Returns the attached images that are on this device and can be decoded. Printing downloads nothing. */
    private Map<Attachment, DecodableImage> images(List<Attachment> attached) throws IOException {
        Map<Attachment, DecodableImage> images = new HashMap<>();
        for (Attachment one : attached) {
            if (PrintedMarkdown.isImage(one) && database.blobs().isLocal(one.content())) {
                copies.save(database.blobs(), one);
                try {
                    images.put(one, DecodableImage.of(copies.of(one), one.safeName()));
                } catch (ProblemException e) {
                    LOG.info("A picture is not printed: {}", e.key());
                }
            }
        }
        return images;
    }

    private void print(Callable<Document> reading) {
        reader.run(
                reading,
                document -> background.run(
                        () -> {
                            printService.discoverPrinters();
                            return document;
                        },
                        this::showPrintDialog,
                        failed),
                failed);
    }

    private void showPrintDialog(Document document) {
        String name = SingleLineText.abbreviate(document.name());
        PrintService.PrintJob sheets;
        try {
            sheets = printService.showPrintDialog(window, name);
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

    private void next(Pages pages, PrintService.PrintJob sheets, int printed) {
        if (!pages.hasNext()) {
            background.run(
                    () -> {
                        sheets.end();
                        return printed;
                    },
                    number -> listener.accept(Messages.text(Keys.PRINT_SENT, number)),
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
