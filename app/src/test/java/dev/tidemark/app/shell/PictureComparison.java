package dev.tidemark.app.shell;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * The difference that a user sees between two pictures. Averages the light of blocks of 4 by 4 pixels, so that
 * antialiasing hardly counts, and takes the distance of each pair of blocks in CIE Lab (delta E; 2 is just visible).
 * Where both pictures have detail, such as text that another machine draws bolder, the contrast of the detail is
 * subtracted.
 *
 * @param figure the mean distance in the tile of 16 by 16 pixels that differs most; 0 for equal pictures
 * @param x the left edge of this tile
 * @param y its upper edge
 * @param map the differing blocks in red above a pale copy of the new picture
 */
record PictureComparison(double figure, int x, int y, BufferedImage map) {
    /** Pictures above this figure differ: another smoothing of text has 1.8, a slightly different colour 3.5. */
    static final double LIMIT = 2;

    private static final int BLOCK = 4;
    private static final int TILE = 4;
    private static final double VISIBLE = 2;

    /** Compares two pictures; pictures of different sizes differ everywhere. */
    static PictureComparison of(BufferedImage before, BufferedImage now) {
        if (before.getWidth() != now.getWidth() || before.getHeight() != now.getHeight()) {
            return new PictureComparison(100, 0, 0, now);
        }
        Blocks old = Blocks.of(before);
        Blocks fresh = Blocks.of(now);
        BufferedImage map = pale(now);
        double[][] distances = new double[old.rows][old.columns];
        for (int row = 0; row < old.rows; row++) {
            for (int column = 0; column < old.columns; column++) {
                double allowed = Math.min(old.contrast(row, column), fresh.contrast(row, column));
                distances[row][column] = Math.max(0, distance(old, fresh, row, column) - allowed);
                if (distances[row][column] > VISIBLE) {
                    mark(map, row, column);
                }
            }
        }
        return worst(distances, map);
    }

    private static PictureComparison worst(double[][] distances, BufferedImage map) {
        PictureComparison worst = new PictureComparison(0, 0, 0, map);
        for (int row = 0; row < distances.length; row += TILE / 2) {
            for (int column = 0; column < distances[row].length; column += TILE / 2) {
                double mean = mean(distances, row, column);
                if (mean > worst.figure) {
                    worst = new PictureComparison(mean, column * BLOCK, row * BLOCK, map);
                }
            }
        }
        return worst;
    }

    private static double mean(double[][] distances, int row, int column) {
        double sum = 0;
        for (int y = row; y < Math.min(distances.length, row + TILE); y++) {
            for (int x = column; x < Math.min(distances[y].length, column + TILE); x++) {
                sum += distances[y][x];
            }
        }
        return sum / (TILE * TILE);
    }

    private static double distance(Blocks old, Blocks fresh, int row, int column) {
        double[] one = old.lab[row][column];
        double[] other = fresh.lab[row][column];
        return Math.sqrt(square(one[0] - other[0]) + square(one[1] - other[1]) + square(one[2] - other[2]));
    }

    private static double square(double value) {
        return value * value;
    }

    private static BufferedImage pale(BufferedImage image) {
        BufferedImage pale = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int grey = 170 + (((rgb >> 16) & 0xff) + ((rgb >> 8) & 0xff) + (rgb & 0xff)) / 9;
                pale.setRGB(x, y, (grey << 16) | (grey << 8) | grey);
            }
        }
        return pale;
    }

    private static void mark(BufferedImage map, int row, int column) {
        for (int y = row * BLOCK; y < Math.min(map.getHeight(), (row + 1) * BLOCK); y++) {
            for (int x = column * BLOCK; x < Math.min(map.getWidth(), (column + 1) * BLOCK); x++) {
                map.setRGB(x, y, 0xe02020);
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (limit %.2f) at %d, %d", figure, LIMIT, x, y);
    }

    /** The mean colours of a picture's blocks, in CIE Lab. */
    private static final class Blocks {
        private static final double[] LIGHT = new double[256];

        static {
            for (int value = 0; value < LIGHT.length; value++) {
                double part = value / 255.0;
                LIGHT[value] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
            }
        }

        private final int rows;
        private final int columns;
        private final double[][][] lab;

        private Blocks(int rows, int columns, double[][][] lab) {
            this.rows = rows;
            this.columns = columns;
            this.lab = lab;
        }

        static Blocks of(BufferedImage image) {
            int rows = (image.getHeight() + BLOCK - 1) / BLOCK;
            int columns = (image.getWidth() + BLOCK - 1) / BLOCK;
            double[][][] lab = new double[rows][columns][];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    lab[row][column] = mean(image, row, column);
                }
            }
            return new Blocks(rows, columns, lab);
        }

        /** Averages light instead of sRGB values, as the eye does from a distance. */
        private static double[] mean(BufferedImage image, int row, int column) {
            double[] sum = new double[3];
            int count = 0;
            for (int y = row * BLOCK; y < Math.min(image.getHeight(), (row + 1) * BLOCK); y++) {
                for (int x = column * BLOCK; x < Math.min(image.getWidth(), (column + 1) * BLOCK); x++) {
                    int rgb = image.getRGB(x, y);
                    sum[0] += LIGHT[(rgb >> 16) & 0xff];
                    sum[1] += LIGHT[(rgb >> 8) & 0xff];
                    sum[2] += LIGHT[rgb & 0xff];
                    count++;
                }
            }
            return lab(sum[0] / count, sum[1] / count, sum[2] / count);
        }

        private static double[] lab(double red, double green, double blue) {
            double x = cubeRoot((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
            double y = cubeRoot(0.2126 * red + 0.7152 * green + 0.0722 * blue);
            double z = cubeRoot((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
            return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
        }

        private static double cubeRoot(double value) {
            return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
        }

        /** The standard deviation of the lightness of a block and its neighbours. */
        double contrast(int row, int column) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
                    sum += lab[y][x][0];
                    squares += square(lab[y][x][0]);
                    count++;
                }
            }
            return Math.sqrt(Math.max(0, squares / count - square(sum / count)));
        }
    }
}
