package dev.tidemark.engine.internal.codec;

/** Bytes that are not what the format says. The message says what was expected. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
