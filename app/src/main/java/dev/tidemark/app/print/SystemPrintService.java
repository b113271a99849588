package dev.tidemark.app.print;

import dev.tidemark.app.model.ProblemException;
import javafx.print.PageLayout;
import javafx.print.Printer;
import javafx.print.PrinterJob;
import javafx.scene.Node;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Prints with the printers and the print dialog of the system. */
public final class SystemPrintService implements PrintService {
    @Override
    public void discoverPrinters() {
        if (Printer.getDefaultPrinter() == null && Printer.getAllPrinters().isEmpty()) {
            throw new ProblemException("print.none");
        }
    }

    @Override
    public @Nullable PrintJob showPrintDialog(Window owner, String name) {
        PrinterJob job = PrinterJob.createPrinterJob();
        if (job == null) {
            throw new ProblemException("print.none");
        }
        job.getJobSettings().setJobName(name);
        if (job.showPrintDialog(owner)) {
            return new JobSheets(job, job.getJobSettings().getPageLayout());
        }
        job.cancelJob();
        return null;
    }

    private record JobSheets(PrinterJob job, PageLayout layout) implements PrintJob {
        @Override
        public double width() {
            return layout.getPrintableWidth();
        }

        @Override
        public double height() {
            return layout.getPrintableHeight();
        }

        @Override
        public void print(Node page) {
            if (!job.printPage(layout, page)) {
                throw new ProblemException("print.failed");
            }
        }

        @Override
        public void end() {
            if (!job.endJob()) {
                throw new ProblemException("print.failed");
            }
        }

        @Override
        public void cancel() {
            job.cancelJob();
        }
    }
}
