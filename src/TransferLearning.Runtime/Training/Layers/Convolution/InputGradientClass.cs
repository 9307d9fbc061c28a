using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// The input pixels whose distance from a window's start has the same remainder when it is divided by the stride: the same taps of the
/// window reach them. With a stride of 1, one class has all pixels. The gradient of such a pixel is the sum, over those taps, of the
/// products of a tap's weights and the gradient of one output pixel.
/// </summary>
internal sealed class InputGradientClass
{
    private InputGradientClass(int firstY, int firstX, (int Tap, int Y, int X)[] taps) => (FirstY, FirstX, Taps) = (firstY, firstX, taps);

    /// <summary>The row of the first pixel.</summary>
    public int FirstY { get; }

    /// <summary>The column of the first pixel.</summary>
    public int FirstX { get; }

    /// <summary>
    /// The taps that reach the pixels, by their number in the window; and for each, the output row and column that it belongs to at the
    /// first pixel. At the pixel i strides further, it is i further.
    /// </summary>
    public (int Tap, int Y, int X)[] Taps { get; }

    /// <summary>All classes of a window; those that no tap reaches have no taps.</summary>
    public static InputGradientClass[] Of(Window window)
    {
        var classes = new List<InputGradientClass>();
        for (int y = 0; y < window.StrideY; y++)
        {
            for (int x = 0; x < window.StrideX; x++)
            {
                var taps = new List<(int, int, int)>();
                for (int ky = 0; ky < window.Height; ky++)
                {
                    for (int kx = 0; kx < window.Width; kx++)
                    {
                        int row = y + window.Top - (ky * window.DilationY), column = x + window.Left - (kx * window.DilationX);
                        if (row % window.StrideY == 0 && column % window.StrideX == 0)
                        {
                            taps.Add(((ky * window.Width) + kx, row / window.StrideY, column / window.StrideX));
                        }
                    }
                }

                classes.Add(new InputGradientClass(y, x, [.. taps]));
            }
        }

        return [.. classes];
    }

    /// <summary>The output's layout with the border that the taps of all classes reach beyond it.</summary>
    public static FeatureMapLayout Bordered(InputGradientClass[] classes, Window window, FeatureMapLayout input, FeatureMapLayout output)
    {
        int top = 0, left = 0, bottom = 0, right = 0;
        foreach (InputGradientClass pixels in classes)
        {
            int lastRow = pixels.Rows(window, input) - 1, lastColumn = pixels.Columns(window, input) - 1;
            foreach ((_, int y, int x) in pixels.Taps)
            {
                (top, left) = (Math.Max(top, -y), Math.Max(left, -x));
                bottom = Math.Max(bottom, y + lastRow - output.Height + 1);
                right = Math.Max(right, x + lastColumn - output.Width + 1);
            }
        }

        return output with { Top = top, Left = left, Bottom = bottom, Right = right };
    }

    /// <summary>The number of rows with pixels of the class.</summary>
    public int Rows(Window window, FeatureMapLayout input) => CountOf(input.Height, FirstY, window.StrideY);

    /// <summary>The number of pixels of the class in such a row.</summary>
    public int Columns(Window window, FeatureMapLayout input) => CountOf(input.Width, FirstX, window.StrideX);

    private static int CountOf(int length, int first, int stride) => first >= length ? 0 : ((length - first - 1) / stride) + 1;
}
