package dev.tidemark.engine;

/** A running subscription. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /** Ends it: no call begins after this returns. May be called from inside a call; closing twice does nothing. */
    @Override
    void close();
}
