/** Broken on purpose: shows that the rules on the engine's API can fail. */
package dev.tidemark.planted;
