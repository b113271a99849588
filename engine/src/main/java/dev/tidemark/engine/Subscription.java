package dev.tidemark.engine;

/** A running subscription. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * Ends it: no call begins after this returns, and one that is running in another thread is waited for, a second at
     * most. May be called from inside a call, which it does not wait for; closing twice does nothing.
     */
    @Override
    void close();
}
