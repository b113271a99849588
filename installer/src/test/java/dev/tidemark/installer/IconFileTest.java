package dev.tidemark.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class IconFileTest {
    private static final Path SOURCES = Path.of("");
    private static final Map<Integer, byte[]> PICTURES =
            new TreeMap<>(Map.of(16, new byte[] {1, 2, 3}, 256, new byte[] {4, 5}));

    @Test
    void thePicturesAreAsLargeAsTheirNamesSay() throws Exception {
        for (int size : IconFile.SIZES) {
            try (var in = Files.newInputStream(IconFile.picture(SOURCES, size))) {
                var image = ImageIO.read(in);
                assertThat(image.getWidth()).as("width of %d", size).isEqualTo(size);
                assertThat(image.getHeight()).as("height of %d", size).isEqualTo(size);
                assertThat(image.getRGB(0, 0) >>> 24).as("the corner is clear").isZero();
            }
        }
    }

    @Test
    void anIcoNamesWhereEachPictureLies() {
        ByteBuffer file = ByteBuffer.wrap(IconFile.ico(PICTURES)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(file.getInt()).isEqualTo(0x10000);
        assertThat(file.getShort()).isEqualTo((short) 2);
        assertThat(file.get(6)).isEqualTo((byte) 16);
        assertThat(file.get(22)).as("256 does not fit, and is written as 0").isZero();
        assertThat(file.getInt(6 + 8)).isEqualTo(3);
        assertThat(file.get(file.getInt(6 + 12))).isEqualTo((byte) 1);
        assertThat(file.getInt(22 + 8)).isEqualTo(2);
        assertThat(file.get(file.getInt(22 + 12))).isEqualTo((byte) 4);
    }

    @Test
    void anIcnsIsAChainOfTypesAndLengths() throws Exception {
        ByteBuffer file = ByteBuffer.wrap(IconFile.icns(PICTURES));
        assertThat(type(file)).isEqualTo("icns");
        assertThat(file.getInt()).isEqualTo(file.capacity());
        assertThat(type(file)).isEqualTo("icp4");
        assertThat(file.getInt()).isEqualTo(8 + 3);
        file.position(file.position() + 3);
        assertThat(type(file)).isEqualTo("ic08");
        assertThat(file.getInt()).isEqualTo(8 + 2);
        assertThat(file.remaining()).isEqualTo(2);
    }

    private static String type(ByteBuffer file) {
        byte[] type = new byte[4];
        file.get(type);
        return new String(type, StandardCharsets.US_ASCII);
    }
}
