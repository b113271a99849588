/** Deliberate violations, which show that the rules on the engine's API can fail. */
package dev.tidemark.planted;
