package dev.tidemark.app.cli;

import java.io.IOException;

/** Thrown when the command's output cannot be written. */
final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputException(IOException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /** Returns whether the reader closed the pipe, as {@code head} does. */
    boolean isPipeClosed() {
        String text = String.valueOf(getMessage());
        return text.contains("Broken pipe") || text.contains("pipe is being closed");
    }
}
