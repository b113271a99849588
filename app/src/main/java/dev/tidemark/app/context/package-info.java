/** The parts of one profile, wired by hand for the window and the command line. */
@NullMarked
package dev.tidemark.app.context;

import org.jspecify.annotations.NullMarked;
