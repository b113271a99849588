/** The sidebar: views, lists, tags and saved searches, with their counts. */
@NullMarked
package dev.tidemark.app.sidebar;

import org.jspecify.annotations.NullMarked;
