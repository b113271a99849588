package dev.tidemark.planted.internal;

/** The internal type that {@link dev.tidemark.planted.Leaks} exposes. */
public class Hidden extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
