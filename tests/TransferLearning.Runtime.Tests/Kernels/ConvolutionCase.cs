using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Tests.Kernels;

/// <summary>The sizes of one convolution, and its reference computation: the scalar twin of the kernels.</summary>
public sealed record ConvolutionCase(
    int Height, int Width, int Inputs, int Outputs, int Size, int Stride, int Dilation, int Padding, int Groups)
{
    public int OutputHeight => ((Height + (2 * Padding) - ((Size - 1) * Dilation) - 1) / Stride) + 1;

    public int OutputWidth => ((Width + (2 * Padding) - ((Size - 1) * Dilation) - 1) / Stride) + 1;

    internal Window Window => new(Size, Size, Stride, Stride, Dilation, Dilation, Padding, Padding);

    /// <param name="image">[Height, Width, Inputs].</param>
    /// <param name="weights">[Outputs, Inputs / Groups, Size, Size].</param>
    /// <param name="added">[OutputHeight, OutputWidth, Outputs].</param>
    /// <returns>[Outputs, OutputHeight, OutputWidth].</returns>
    public float[] Reference(float[] image, float[] weights, float[] bias, float[] added, float minimum, float maximum)
    {
        float[] result = new float[Outputs * OutputHeight * OutputWidth];
        int groupInputs = Inputs / Groups, groupOutputs = Outputs / Groups;
        for (int o = 0; o < Outputs; o++)
        {
            for (int y = 0; y < OutputHeight; y++)
            {
                for (int x = 0; x < OutputWidth; x++)
                {
                    double sum = bias[o] + added[(((y * OutputWidth) + x) * Outputs) + o];
                    for (int c = 0; c < groupInputs; c++)
                    {
                        for (int ky = 0; ky < Size; ky++)
                        {
                            for (int kx = 0; kx < Size; kx++)
                            {
                                int iy = (y * Stride) - Padding + (ky * Dilation), ix = (x * Stride) - Padding + (kx * Dilation);
                                if (iy >= 0 && iy < Height && ix >= 0 && ix < Width)
                                {
                                    int channel = (o / groupOutputs * groupInputs) + c;
                                    float weight = weights[(((((o * groupInputs) + c) * Size) + ky) * Size) + kx];
                                    sum += image[(((iy * Width) + ix) * Inputs) + channel] * weight;
                                }
                            }
                        }
                    }

                    result[(((o * OutputHeight) + y) * OutputWidth) + x] = (float)Math.Min(Math.Max(sum, minimum), maximum);
                }
            }
        }

        return result;
    }
}
