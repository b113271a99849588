package dev.tidemark.app.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.model.Attachment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenableFileTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.exe",
                "evil.EXE",
                "evil.exe\u00a0",
                "evil.exe\u2007\u202f ",
                "evil.exe\u200b",
                "evil.exe. .",
                "a.vbe",
                "a.jse",
                "a.wsf",
                "a.chm",
                "a.jnlp",
                "a.msix",
                "a.docm",
                "a.doc",
                "a.rtf",
                "a.xhtml",
                "a.xml",
                "a.webloc",
                "a.tool",
                "a.svg",
                "a.html",
                "a.zip",
                "a.pdf.scr",
                "a.pdf\u0000.exe",
                "a.pdf:x.exe",
                "\u202efdp.exe",
                "pdf",
                ".pdf",
                "a.",
                "",
                "a.\uff45\uff58\uff45"
            })
    void aFileThatCouldRunOrIsOfAnUnknownKindIsNotOpened(String name) {
        assertThat(OpenableFileTypes.contain(Attachment.nameOf(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.pdf",
                "A.PDF",
                "two.parts.docx",
                "a.odt",
                "a.xlsx",
                "a.txt",
                "a.md",
                "a.csv",
                "a.png",
                "a.JPG",
                "a.heic",
                "a.webp",
                "a.mp3",
                "a.flac",
                "a.mp4",
                "a.webm"
            })
    void documentsPicturesAudioAndVideoAreOpened(String name) {
        assertThat(OpenableFileTypes.contain(Attachment.nameOf(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt\u00a0", "\u200ba.txt", "a.txt\u3000. ", "\u202ea.txt\u202c", "a.txt\u2028"})
    void spacesAndInvisibleCharactersAtTheEndsAreNoPartOfAName(String name) {
        assertThat(Attachment.nameOf(name)).isEqualTo("a.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", " ..", "\u00a0.", "\u200b..\u00a0", "a/.."})
    void aNameOfPointsAndSpacesAloneIsNoFolder(String name) {
        assertThat(Attachment.nameOf(name)).isEqualTo("file");
    }
}
