package dev.tidemark.app.attachment;

import java.util.Locale;
import java.util.Set;

/**
 * The kinds of files that a click opens, by their extensions: those that the systems open in a viewer or an editor, and that hold no
 * program. OpenDocument files may hold macros, but the programs for them ask before they run any. Every other file is only saved, also
 * {@code rtf}, which may hold objects that run when it is opened.
 */
public final class OpenableFileTypes {
    private static final Set<String> DOCUMENTS = Set.of("pdf", "odt", "ods", "odp", "odg", "docx", "xlsx", "pptx");
    private static final Set<String> TEXTS = Set.of("txt", "text", "md", "markdown", "log", "csv", "tsv");
    private static final Set<String> PICTURES =
            Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif", "avif");
    private static final Set<String> AUDIO = Set.of("mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav");
    private static final Set<String> VIDEO = Set.of("mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ogv");

    private OpenableFileTypes() {}

    /** Whether a click opens a file of this name, which is the name of its copy on the disk. */
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
