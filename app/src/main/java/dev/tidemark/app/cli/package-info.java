/** The commands of the command line. Scripts depend on their output. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.cli;

import org.jspecify.annotations.NullMarked;
