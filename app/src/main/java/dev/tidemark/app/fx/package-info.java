/**
 * Shared controls, and the classes that pass work between threads: executors, background tasks, scheduler, live lists.
 * No other package switches threads.
 */
@NullMarked
package dev.tidemark.app.fx;

import org.jspecify.annotations.NullMarked;
