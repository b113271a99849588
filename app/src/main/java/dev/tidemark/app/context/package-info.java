/**
 * Connects the objects of one profile for the window and the command line, without a dependency injection framework.
 */
@NullMarked
package dev.tidemark.app.context;

import org.jspecify.annotations.NullMarked;
