package dev.tidemark.app.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.app.model.ProblemException;
import dev.tidemark.proof.Proof;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodableImageTest {
    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("picture"), content);
    }

    private static byte[] encoded(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(301, 120, BufferedImage.TYPE_INT_RGB), format, bytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void theWidthIsReadFromTheHeader(String format) throws IOException {
        assertThat(DecodableImage.of(file(encoded(format)), "p").width()).isEqualTo(301);
    }

    @Test
    void aPictureThatDeclaresTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = encoded("png");
        ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
        assertTooLarge(png);
        byte[] bmp = encoded("bmp");
        ByteBuffer.wrap(bmp).putInt(18, Integer.reverseBytes(30_000)).putInt(22, Integer.reverseBytes(-30_000));
        assertTooLarge(bmp);
        byte[] jpeg = {
            (byte) 0xff,
            (byte) 0xd8,
            (byte) 0xff,
            (byte) 0xe0,
            0,
            3,
            1,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xc2,
            0,
            17,
            8,
            0x7f,
            0,
            0x7f,
            0
        };
        assertTooLarge(jpeg);
    }

    @Test
    void anAnimationIsAsLargeAsItsFramesTogether() throws IOException {
        byte[] gif = encoded("gif");
        ByteBuffer screen = ByteBuffer.wrap(gif);
        screen.putShort(6, Short.reverseBytes((short) 1000)).putShort(8, Short.reverseBytes((short) 1000));
        assertThat(DecodableImage.of(file(gif), "p").width()).isEqualTo(1000);
        // The frames are what follows the colour table, without the end mark.
        int begin = 13 + (3 << ((gif[10] & 7) + 1));
        byte[] frame = Arrays.copyOfRange(gif, begin, gif.length - 1);
        ByteArrayOutputStream animation = new ByteArrayOutputStream();
        animation.write(gif, 0, begin);
        for (int i = 0; i < 51; i++) {
            animation.write(frame);
        }
        assertTooLarge(animation.toByteArray());
    }

    private void assertTooLarge(byte[] content) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> DecodableImage.of(file, "p"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("50");
    }

    /** The seed is that of the failure. */
    @Proof
    @Test
    void whateverAFileHoldsEitherIsAPictureOrIsRefusedWithASentence() throws IOException {
        Random random = new Random(16);
        for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
            byte[] sound = encoded(format);
            for (int round = 0; round < 500; round++) {
                byte[] damaged = Arrays.copyOf(sound, random.nextInt(sound.length + 1));
                for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
                    damaged[random.nextInt(Math.min(damaged.length, 40))] = (byte) random.nextInt();
                }
                Path file = file(damaged);
                try {
                    assertThat(DecodableImage.of(file, "p").width()).isPositive();
                } catch (ProblemException e) {
                    assertThat(e).hasMessageContaining("p");
                }
            }
        }
    }
}
