using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Layers.Convolution;

/// <summary>
/// A convolution's weights in the order in which the gradient of its input needs them: panels of input channels, [class][panel][tap of the
/// class][output channel][lane]. They are packed anew in each step, as training changes the weights.
/// </summary>
internal sealed unsafe class InputGradientWeights : IDisposable
{
    private readonly PanelLayout _panels;
    private readonly InputGradientClass[] _classes;
    private readonly AlignedMemory _weights;

    /// <param name="kernels">The instruction set to pack for.</param>
    /// <param name="panels">How the weights are packed for the output.</param>
    /// <param name="classes">The classes of input pixels.</param>
    public InputGradientWeights(KernelSet kernels, PanelLayout panels, InputGradientClass[] classes)
    {
        (_panels, _classes) = (panels, classes);
        int[] widths = PanelLayout.PanelWidths(kernels, panels.BlockInputs);
        Panels = new WeightPanel[classes.Length][];
        long next = 0;
        for (int k = 0; k < classes.Length; k++)
        {
            var all = new List<WeightPanel>();
            for (int block = 0; block < panels.Blocks; block++)
            {
                int channel = block * panels.BlockInputs;
                foreach (int width in widths)
                {
                    all.Add(new WeightPanel(width, channel, block * panels.BlockOutputs, next));
                    next += (long)classes[k].Taps.Length * panels.BlockOutputs * width;
                    channel += width;
                }
            }

            Panels[k] = [.. all];
        }

        _weights = new AlignedMemory(next);
    }

    /// <summary>
    /// For each class, panels of input channels: what is a panel's output channel elsewhere is an input channel here, and the other way
    /// around.
    /// </summary>
    public WeightPanel[][] Panels { get; }

    public float* Weights => _weights.Pointer;

    /// <summary>Packs the weights of one panel of output channels.</summary>
    /// <param name="index">The panel's number.</param>
    /// <param name="weights">All weights, packed for the output.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(int index, float* weights)
    {
        WeightPanel panel = _panels.Panels[index];
        int block = panel.OutputChannel / _panels.BlockOutputs, inputs = _panels.BlockInputs, outputs = _panels.BlockOutputs;
        int firstOutput = panel.OutputChannel - (block * outputs);
        int lanes = Math.Min(panel.Width, outputs - firstOutput);
        for (int k = 0; k < _classes.Length; k++)
        {
            WeightPanel[] targets = Panels[k];
            int perBlock = targets.Length / _panels.Blocks;
            for (int t = 0; t < _classes[k].Taps.Length; t++)
            {
                float* source = weights + panel.WeightOffset + _panels.RowAt(panel, 0, _classes[k].Taps[t].Tap);
                foreach (WeightPanel target in targets.AsSpan(block * perBlock, perBlock))
                {
                    int first = target.OutputChannel - (block * inputs), count = Math.Min(target.Width, inputs - first);
                    float* from = source + ((nint)first * panel.Width);
                    float* to = _weights.Pointer + target.WeightOffset + ((((nint)t * outputs) + firstOutput) * target.Width);
                    Transpose(from, panel.Width, to, target.Width, count, lanes);
                }
            }
        }
    }

    public void Dispose() => _weights.Dispose();

    /// <summary>to[column][row] = from[row][column].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
    {
        for (int r = 0; r < rows; r++, from += fromStride, to++)
        {
            float* target = to;
            for (int c = 0; c < columns; c++, target += toStride)
            {
                *target = from[c];
            }
        }
    }
}
