package dev.tidemark.app.welcome;

import dev.tidemark.app.fx.Background;
import dev.tidemark.app.model.ItemImport;
import dev.tidemark.app.model.Items;
import dev.tidemark.app.model.ProblemException;
import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The ways to begin that fill the library. Each is one step, which can be undone. Belongs to the thread of its callbacks. */
public final class WelcomeViewModel {
    private final Items items;
    private final Background background;
    private final Consumer<String> told;
    private final Consumer<Throwable> failed;

    /**
     * @param items writes in a way that can be undone
     * @param told takes a sentence about what was done
     */
    public WelcomeViewModel(Items items, Background background, Consumer<String> told, Consumer<Throwable> failed) {
        this.items = items;
        this.background = background;
        this.told = told;
        this.failed = failed;
    }

    /** Adds some items to look around with, due around this day. */
    public void addSample(LocalDate today) {
        add(() -> Sample.around(today, Locale.getDefault(Locale.Category.DISPLAY)));
    }

    /** Adds what is in a file as {@code tidemark export} writes it: all of it, or, if a line is bad, nothing. */
    public void importFile(Path file) {
        add(() -> {
            try (InputStream in = Files.newInputStream(file)) {
                return ItemImport.read(in);
            } catch (IOException e) {
                throw new ProblemException(e, "file.unreadable", file);
            }
        });
    }

    private void add(Callable<ItemImport> source) {
        background.run(
                () -> source.call().apply(items), added -> told.accept(Texts.text(Keys.WELCOME_ADDED, added)), failed);
    }
}
