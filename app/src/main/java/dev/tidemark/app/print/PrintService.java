package dev.tidemark.app.print;

import dev.tidemark.app.model.ProblemException;
import javafx.scene.Node;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Accesses the printers of the system. */
public interface PrintService {
    /** Looks for printers, which may take long where they are in a network. From any thread but JavaFX's. */
    void discoverPrinters();

    /**
     * Shows the print dialog. On the JavaFX thread.
     *
     * @param owner the window that has to wait meanwhile
     * @param name what the job is called
     * @return {@code null} if nothing is to be printed after all
     * @throws ProblemException if there is no printer
     */
    @Nullable
    PrintJob ask(Window owner, String name);

    /** The paper of one job. Its methods may be called from any thread, by one at a time. */
    interface PrintJob {
        /** How wide the part of a sheet is that can be printed, in points. */
        double width();

        /** How high it is, in points. */
        double height();

        /**
         * Prints a page.
         *
         * @throws ProblemException if the printer does not take it
         */
        void print(Node page);

        /** All pages were printed. */
        void end();

        /** The rest is not printed. */
        void cancel();
    }
}
