using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>The weights of a convolution or matrix product, packed for the tile kernels. Immutable; thread-safe.</summary>
internal sealed unsafe class PackedConvolution : IDisposable
{
    private readonly PanelLayout _layout;
    private readonly AlignedMemory _weights;
    private readonly AlignedMemory _bias;

    private PackedConvolution(PanelLayout layout) =>
        (_layout, _weights, _bias) = (layout, new AlignedMemory(layout.Length), new AlignedMemory(layout.BiasLength));

    public WeightPanel[] Panels => _layout.Panels;

    /// <summary>Runs of consecutive input values in a window.</summary>
    public int Segments => _layout.Segments;

    public int SegmentLength => _layout.SegmentLength;

    /// <summary>Whether a segment is a row of the window; else it is a run of channels of a single tap.</summary>
    public bool SegmentsAreRows => _layout.SegmentsAreRows;

    /// <summary>The size from which weights are prefetched, as they do not stay in a near cache from one image to the next.</summary>
    public const int MinFetchedBytes = 256 * 1024;

    public long WeightBytes => _weights.Length * sizeof(float);

    public float* Weights => _weights.Pointer;

    public float* Bias => _bias.Pointer;

    /// <summary>Packs the weights of a convolution.</summary>
    /// <param name="kernels">The instruction set to pack for.</param>
    /// <param name="weights">[output channels, input channels of a group, height, width], as in ONNX.</param>
    /// <param name="bias">[output channels], or empty.</param>
    /// <param name="groups">The number of groups, 1 for a dense convolution.</param>
    /// <param name="inputPixelStride">The distance between pixels of the input, in floats: the channels and their padding.</param>
    /// <param name="dense">Whether the taps of a row are neighboring pixels (no horizontal dilation).</param>
    /// <param name="runs">The number of runs of equal length that the input channels of a pixel form.</param>
    public static PackedConvolution Pack(
        KernelSet kernels, Tensor weights, ReadOnlySpan<float> bias, int groups, int inputPixelStride, bool dense, int runs = 1)
    {
        var packed = new PackedConvolution(new PanelLayout(kernels, weights.Shape, groups, inputPixelStride, dense, runs));
        packed._layout.Pack(weights.Floats, packed.Weights);
        bias.CopyTo(packed._bias.Span);
        return packed;
    }

    /// <summary>Allocates zeroed memory for the weights of a matrix [outputs, inputs]: panel by panel, [input][lane].</summary>
    public static PackedConvolution Allocate(KernelSet kernels, int outputs, int inputs) =>
        new(new PanelLayout(kernels, new Shape(outputs, inputs), groups: 1, inputs, dense: true));

    public void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }
}
