package dev.tidemark.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureComparisonTest {
    private static final Color PAPER = new Color(0xfdfcfa);
    private static final Color ACCENT = new Color(0x0f766e);

    /** A page with a button and text, as a window has them. */
    private static BufferedImage page(double x, double y, Color button, Object antialiasing) {
        BufferedImage image = new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D draw = image.createGraphics();
        draw.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        draw.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        draw.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, antialiasing);
        draw.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        draw.setColor(PAPER);
        draw.fillRect(0, 0, 600, 400);
        draw.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        draw.setColor(Color.BLACK);
        for (int line = 0; line < 8; line++) {
            draw.drawString("Plan the birthday dinner, ask Tom for the long table", 24, 40 + 24 * line);
        }
        draw.translate(x, y);
        draw.setColor(button);
        draw.fillRoundRect(400, 320, 120, 32, 8, 8);
        draw.setColor(Color.GRAY);
        draw.setStroke(new BasicStroke(1));
        draw.drawRoundRect(240, 320, 120, 32, 8, 8);
        draw.setColor(PAPER);
        draw.drawString("Try again", 430, 341);
        draw.setColor(Color.DARK_GRAY);
        draw.drawString("Close", 280, 341);
        draw.dispose();
        return image;
    }

    private static BufferedImage page() {
        return page(0, 0, ACCENT, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    private static double figure(BufferedImage now) {
        return PictureComparison.of(page(), now).figure();
    }

    @Test
    void equalPicturesHaveNoDifference() {
        assertThat(figure(page())).isZero();
    }

    @Test
    void antialiasingNoisePasses() {
        BufferedImage noisy = page();
        Random random = new Random(1);
        for (int y = 0; y < noisy.getHeight(); y++) {
            for (int x = 0; x < noisy.getWidth(); x++) {
                int rgb = noisy.getRGB(x, y);
                int shift = random.nextInt(7) - 3;
                noisy.setRGB(
                        x,
                        y,
                        (clamp(((rgb >> 16) & 0xff) + shift) << 16)
                                | (clamp(((rgb >> 8) & 0xff) + shift) << 8)
                                | clamp((rgb & 0xff) + shift));
            }
        }
        assertThat(figure(noisy)).isLessThan(PictureComparison.LIMIT);
    }

    @Test
    void anotherSmoothingOfTextPasses() {
        assertThat(figure(page(0, 0, ACCENT, RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB)))
                .isBetween(0.001, PictureComparison.LIMIT);
    }

    @Test
    void aShiftOfAFractionOfAPixelPasses() {
        assertThat(figure(page(0.3, 0.3, ACCENT, RenderingHints.VALUE_TEXT_ANTIALIAS_ON)))
                .isBetween(0.001, PictureComparison.LIMIT);
    }

    @Test
    void aMovedButtonFailsWhereItWasOrIs() {
        for (int pixels : new int[] {4, 8, 40}) {
            PictureComparison moved =
                    PictureComparison.of(page(), page(pixels, 0, ACCENT, RenderingHints.VALUE_TEXT_ANTIALIAS_ON));
            assertThat(moved.figure()).as("moved by %s", pixels).isGreaterThan(PictureComparison.LIMIT);
            assertThat(moved.y()).isBetween(300, 356);
            assertThat(moved.x()).isBetween(220, 570);
        }
    }

    @Test
    void changedColoursFail() {
        for (Color color : new Color[] {new Color(0x1d4ed8), new Color(0x1a7f77), ACCENT.darker()}) {
            assertThat(figure(page(0, 0, color, RenderingHints.VALUE_TEXT_ANTIALIAS_ON)))
                    .as(color.toString())
                    .isGreaterThan(PictureComparison.LIMIT);
        }
    }

    @Test
    void anotherWordFails() {
        BufferedImage now = page();
        Graphics2D draw = now.createGraphics();
        draw.setColor(PAPER);
        draw.fillRect(240, 44, 400, 16);
        draw.dispose();
        assertThat(figure(now)).isGreaterThan(PictureComparison.LIMIT);
    }

    @Test
    void anotherSizeFails() {
        assertThat(figure(new BufferedImage(600, 401, BufferedImage.TYPE_INT_RGB)))
                .isGreaterThan(PictureComparison.LIMIT);
    }

    private static int clamp(int value) {
        return Math.clamp(value, 0, 255);
    }
}
