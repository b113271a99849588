package dev.tidemark.planted.internal;

/** What the planted API must not show. */
public class Hidden extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
