package dev.tidemark.app.print;

import dev.tidemark.app.model.ProblemException;
import javafx.scene.Node;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Gives access to the printers of the system. */
public interface PrintService {
    /** Searches for printers, which can take long in a network. Do not call this method on the JavaFX thread. */
    void discoverPrinters();

    /**
     * Shows the print dialog and returns the print job. Call this method on the JavaFX thread.
     *
     * @param owner the window that the dialog blocks
     * @return the started job; {@code null} if the user cancels
     * @throws ProblemException if there is no printer
     */
    @Nullable
    PrintJob showPrintDialog(Window owner, String name);

    /** A started print job. Any thread may call its methods, but only one at a time. */
    interface PrintJob {
        /** The width of the printable area in points. */
        double width();

        /** The height of the printable area in points. */
        double height();

        /** Prints a page, or throws a {@link ProblemException} if the printer rejects it. */
        void print(Node page);

        void end();

        void cancel();
    }
}
