/**
 * Threads and shared controls. Only this package changes threads: executors, background tasks, scheduler, live lists.
 */
@NullMarked
package dev.tidemark.app.fx;

import org.jspecify.annotations.NullMarked;
