package dev.tidemark.app.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.app.attachment.DecodableImage;
import dev.tidemark.app.driver.Screen;
import dev.tidemark.app.model.Attachment;
import dev.tidemark.engine.blob.BlobId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class PreviewImagesTest {
    private int brought;

    /** Has forty pictures of two megapixels. */
    private final MarkdownPreview.Host host = new MarkdownPreview.Host() {
        @Override
        public List<Attachment> attachments() {
            return IntStream.range(0, 40)
                    .mapToObj(number -> new Attachment(
                            new UUID(1, 1),
                            new UUID(1, 2),
                            number + ".png",
                            new BlobId(String.format(Locale.ROOT, "%064x", number)),
                            1))
                    .toList();
        }

        @Override
        public void loadImage(Attachment attachment, Function<DecodableImage, Image> decode, Consumer<Image> here) {
            brought++;
            here.accept(new WritableImage(2000, 1000));
        }
    };

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void imagesThatWereNotShownForLongAreDropped() {
        Screen.onScreen(() -> {
            PreviewImages images = new PreviewImages(host, new ReadOnlyDoubleWrapper(500).getReadOnlyProperty());
            for (int number = 0; number < 40; number++) {
                assertThat(images.of(number + ".png", "")).isNotNull();
                assertThat(images.of("0.png", "")).isNotNull();
                assertThat(images.size()).isLessThanOrEqualTo(8);
            }
            assertThat(brought)
                    .as("the one that is always shown is brought once")
                    .isEqualTo(40);
            return true;
        });
    }
}
