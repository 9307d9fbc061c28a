using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Imaging.Tests.Transforms;

/// <summary>
/// Against Pillow 9.4: <c>Image.resize</c> and <c>ImageOps.pad</c> with the color (123, 117, 104), of an image whose pixels follow a
/// formula.
/// </summary>
public class PillowTests
{
    // Pillow rounds the rows and then the columns to whole pixel values.
    private const double Tolerance = 1.25;

    [Theory]
    [InlineData(
        40, 30, 6, 4, ResizeMode.Stretch, Interpolation.Bilinear,
        "130 138 116 113 137 126 122 126 121 123 115 130 134 112 142 127 122 131 115 134 125 123 135 125 129 132 122 114 "
        + "132 131 126 123 129 122 128 139 113 124 134 126 124 128 112 128 130 131 129 119 117 129 122 121 121 129 118 121 "
        + "138 128 117 148 122 116 133 127 120 119 127 124 126 116 126 131")]
    [InlineData(
        5, 3, 6, 4, ResizeMode.Stretch, Interpolation.Bilinear,
        "0 101 202 23 124 225 85 186 138 82 183 135 77 114 215 240 85 186 4 105 206 36 137 118 106 114 92 112 120 98 76 "
        + "153 94 127 132 73 15 116 217 56 157 66 137 89 83 153 105 99 105 206 51 92 193 38 28 129 230 77 178 87 167 119 "
        + "113 192 144 138 152 253 98 148 249 94")]
    [InlineData(
        40, 30, 6, 4, ResizeMode.Stretch, Interpolation.Bicubic,
        "133 138 114 111 137 127 122 126 120 123 113 130 134 111 144 126 122 130 114 133 126 123 137 124 132 134 121 111 "
        + "133 131 127 123 128 122 129 142 110 125 136 128 122 126 108 128 130 134 130 118 115 130 122 121 120 128 120 120 "
        + "138 129 116 151 123 115 133 128 118 119 128 124 126 115 125 131")]
    [InlineData(
        5, 3, 6, 4, ResizeMode.Stretch, Interpolation.Bicubic,
        "0 100 200 17 117 247 94 204 128 77 201 124 64 104 238 255 80 194 2 102 210 28 139 111 114 107 83 114 111 96 62 "
        + "154 89 123 125 65 13 114 226 51 170 38 150 66 77 168 83 108 99 219 30 78 198 25 27 128 238 72 190 75 181 109 114 "
        + "206 134 152 151 255 97 153 254 99")]
    [InlineData(
        40, 30, 7, 4, ResizeMode.Pad, Interpolation.Bilinear,
        "123 117 104 129 137 117 112 135 125 124 120 125 134 111 140 126 121 133 123 117 104 123 117 104 114 134 126 128 "
        + "135 124 120 133 127 124 125 130 122 128 137 123 117 104 123 117 104 115 124 134 122 125 128 123 129 124 121 130 "
        + "122 120 122 127 123 117 104 123 117 104 120 119 141 126 117 143 126 118 126 125 123 124 120 125 129 123 117 104")]
    [InlineData(
        11, 30, 4, 7, ResizeMode.Pad, Interpolation.Bicubic,
        "103 145 125 143 140 104 141 136 126 123 117 104 148 131 114 130 132 113 113 138 125 123 117 104 135 135 117 96 "
        + "146 144 124 135 115 123 117 104 105 106 117 86 141 143 132 136 119 123 117 104 124 120 140 120 128 135 124 116 "
        + "129 123 117 104 108 129 131 109 125 141 140 106 146 123 117 104 128 125 128 126 107 147 124 119 169 123 117 104")]
    public void Pixels_are_those_of_Pillow(
        int width, int height, int toWidth, int toHeight, ResizeMode mode, Interpolation interpolation, string expected)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / 3 % width, i / 3 / width, i % 3);
            pixels[i] = (byte)((x * x * 31) + (y * 17 * x) + (y * y * 7) + (channel * 101));
        }

        RgbImage resized = Thumbnail.Resize(new RgbImage(width, height, pixels), new ImagePreprocessing
        {
            Width = toWidth,
            Height = toHeight,
            Resize = mode,
            Interpolation = interpolation,
            Normalization = PixelNormalization.Caffe,
        });

        int[] values = [.. expected.Split(' ').Select(int.Parse)];
        resized.Pixels.Length.ShouldBe(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            ((double)resized.Pixels[i]).ShouldBe(values[i], Tolerance, $"value {i}");
        }
    }
}
