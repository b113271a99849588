/** Connects the objects of one profile, without a framework, for the window and the command line. */
@NullMarked
package dev.tidemark.app.context;

import org.jspecify.annotations.NullMarked;
