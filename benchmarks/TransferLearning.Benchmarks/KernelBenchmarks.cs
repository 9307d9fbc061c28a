using BenchmarkDotNet.Attributes;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Convolution;
using TransferLearning.Runtime.Steps.Winograd;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Benchmarks;

/// <summary>Times one layer of a network on one thread, for the layers that take most of the time of common classifiers.</summary>
public unsafe class KernelBenchmarks
{
    private Step? _step;
    private AlignedMemory? _memory;
    private Workspace? _workspace;

    /// <summary>The layer: its kind, channels in and out, and the size of the output map.</summary>
    public enum LayerKind
    {
        /// <summary>1 x 1, 96 to 576 channels on 14 x 14.</summary>
        Pointwise,

        /// <summary>1 x 1, 1024 to 256 channels on 14 x 14: each pixel takes a whole page of memory.</summary>
        PointwiseDeep,

        /// <summary>1 x 1, 144 to 24 channels on 56 x 56: one and a half vectors of output.</summary>
        PointwiseNarrow,

        /// <summary>3 x 3 of stride 2, 128 to 128 channels on 28 x 28.</summary>
        Direct,

        /// <summary>3 x 3 of stride 1 by Winograd's minimal filtering, 128 to 128 channels on 28 x 28.</summary>
        Winograd,

        /// <summary>Depthwise 3 x 3 of stride 1, 144 channels on 56 x 56.</summary>
        Depthwise,

        /// <summary>Depthwise 5 x 5 of stride 2, 240 channels on 14 x 14.</summary>
        DepthwiseWide,
    }

    /// <summary>The layer.</summary>
    [Params(
        LayerKind.Pointwise,
        LayerKind.PointwiseDeep,
        LayerKind.PointwiseNarrow,
        LayerKind.Direct,
        LayerKind.Winograd,
        LayerKind.Depthwise,
        LayerKind.DepthwiseWide)]
    public LayerKind Layer { get; set; }

    /// <summary>Packs seeded weights and fills the input.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        KernelSet kernels = KernelSet.Best;
        (int inputs, int outputs, int size, int stride, int extent) = Layer switch
        {
            LayerKind.Pointwise => (96, 576, 1, 1, 14),
            LayerKind.PointwiseDeep => (1024, 256, 1, 1, 14),
            LayerKind.PointwiseNarrow => (144, 24, 1, 1, 56),
            LayerKind.Direct => (128, 128, 3, 2, 28),
            LayerKind.Winograd => (128, 128, 3, 1, 28),
            LayerKind.Depthwise => (144, 144, 3, 1, 56),
            LayerKind.DepthwiseWide => (240, 240, 5, 2, 14),
            _ => throw new InvalidOperationException($"no layer is defined for {Layer}"),
        };
        bool depthwise = Layer is LayerKind.Depthwise or LayerKind.DepthwiseWide;
        var window = new Window(size, size, stride, stride, 1, 1, size / 2, size / 2);
        var input = new Value(0, "input", new FeatureMapLayout(extent * stride, extent * stride, inputs, kernels.PixelStride(inputs)));
        var output = new Value(1, "output", new FeatureMapLayout(extent, extent, outputs, kernels.PixelStride(outputs)));
        var shape = new Shape(outputs, depthwise ? 1 : inputs, size, size);
        var weights = Tensor.Create(shape, SeededImages.Create(1, 1, 1, shape.Length));
        _step = Layer switch
        {
            LayerKind.Winograd => new WinogradStep(
                kernels, input, output, null, new WinogradWeights(kernels, weights, []), window, Activation.Relu),
            LayerKind.Depthwise or LayerKind.DepthwiseWide => new DepthwiseStep(
                kernels, input, output, weights, [], window, Activation.Relu),
            _ => new ConvolutionStep(
                kernels,
                input,
                output,
                null,
                PackedConvolution.Pack(kernels, weights, [], 1, input.Layout.PixelStride, dense: true),
                window,
                Activation.Relu),
        };
        _memory = new AlignedMemory(input.Layout.Length + output.Layout.Length);
        SeededImages.Create(1, 1, 1, input.Layout.Length).CopyTo(_memory.Span);
        _workspace = new Workspace(2, _step.ScratchLength);
        _workspace.Origins[0] = _memory.Pointer + input.Layout.Origin;
        _workspace.Origins[1] = _memory.Pointer + input.Layout.Length + output.Layout.Origin;
    }

    /// <summary>Frees weights and maps.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        (_step as IDisposable)?.Dispose();
        _workspace?.Dispose();
        _memory?.Dispose();
    }

    /// <summary>Computes the layer for one image.</summary>
    [Benchmark]
    public float Run()
    {
        _step!.RunRows(_workspace!, 0, _step.Output.Layout.Height);
        return *_workspace!.Origins[1];
    }
}
