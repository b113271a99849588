package dev.tidemark.app.attachment;

import java.util.Locale;
import java.util.Set;

/**
 * Lists the extensions of the file types that a click opens. These files open in a viewer or editor and contain no
 * programs. OpenDocument files can contain macros, but office programs ask before they run macros.
 *
 * <p>Files of all other types can be saved but not opened. {@code rtf} is not listed, because opening such a file runs
 * the objects that are embedded in it.
 */
public final class OpenableFileTypes {
    private static final Set<String> DOCUMENTS = Set.of("pdf", "odt", "ods", "odp", "odg", "docx", "xlsx", "pptx");
    private static final Set<String> TEXTS = Set.of("txt", "text", "md", "markdown", "log", "csv", "tsv");
    private static final Set<String> PICTURES =
            Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif", "avif");
    private static final Set<String> AUDIO = Set.of("mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav");
    private static final Set<String> VIDEO = Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ogv");

    private OpenableFileTypes() {}

    /** Returns whether a click opens a file with this name. Callers pass the name of the copy on the disk. */
    public static boolean contain(String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return dot > 0
                && (DOCUMENTS.contains(extension)
                        || TEXTS.contains(extension)
                        || PICTURES.contains(extension)
                        || AUDIO.contains(extension)
                        || VIDEO.contains(extension));
    }
}
