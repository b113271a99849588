/** Where what nobody else may know is kept between starts: in the system's keychain where there is one. No JavaFX. */
@NullMarked
package dev.tidemark.app.secrets;

import org.jspecify.annotations.NullMarked;
