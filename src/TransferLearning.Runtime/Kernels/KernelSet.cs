using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Kernels;

/// <summary>The generated kernels of one instruction set. Immutable; thread-safe.</summary>
internal abstract unsafe class KernelSet
{
    /// <summary>All sets, widest first.</summary>
    public static IReadOnlyList<KernelSet> All { get; } = [new Set512(), new Set256(), new Set128(), new SetScalar()];

    /// <summary>The fastest set of this processor.</summary>
    public static KernelSet Best { get; } = All.First(static s => s.IsSupported);

    public abstract string Name { get; }

    /// <summary>The number of floats in a vector: kernels compute whole vectors of channels.</summary>
    public abstract int Lanes { get; }

    /// <summary>The number of channels rounded up to whole vectors.</summary>
    public int WholeVectors(int channels) => (channels + Lanes - 1) / Lanes * Lanes;

    /// <summary>
    /// The distance between the pixels of a map, in floats: whole vectors of channels. Pixels a multiple of 2 KB apart would share few sets
    /// of the first-level cache, where the pixels of a tile evict each other: they are a cache line further apart.
    /// </summary>
    public int PixelStride(int channels)
    {
        const int CacheLine = 16, Conflict = 512;
        int padded = WholeVectors(channels);
        return padded % Conflict == 0 ? padded + CacheLine : padded;
    }

    /// <summary>Whether this processor runs the set at full speed; every set gives correct results everywhere.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Whether a tile may be one and a half vectors wide.</summary>
    public virtual bool HasHalfVectors => false;

    /// <summary>The maximum number of pixels of a tile whose accumulators fit into the registers.</summary>
    /// <param name="channels">The width of the tile in output channels: 1 to 3 vectors, or one and a half.</param>
    public abstract int MaxPixels(int channels);

    /// <summary>The kernel for a tile.</summary>
    /// <param name="pixels">1 to <see cref="MaxPixels"/>.</param>
    /// <param name="channels">1 to 3 vectors, or one and a half.</param>
    /// <param name="fetching">Whether it also prefetches <see cref="ConvolutionTile.Next"/>, if there is a kernel that does.</param>
    public abstract delegate*<ConvolutionTile*, void> Convolution(int pixels, int channels, bool fetching);

    /// <summary>The numbers of neighboring outputs that depthwise kernels compute together, in descending order; the last is 1.</summary>
    public abstract ReadOnlySpan<int> DepthwiseOutputs { get; }

    public abstract delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs);

    /// <summary>The numbers of neighboring outputs that kernels of grouped convolutions compute together, in descending order.</summary>
    public abstract ReadOnlySpan<int> GroupedOutputs { get; }

    /// <summary>The kernel of grouped convolutions for a stride and a number of neighboring outputs.</summary>
    public abstract delegate*<GroupedTile*, void> Grouped(int stride, int outputs);

    public abstract delegate*<WinogradTile*, void> WinogradInput { get; }

    public abstract delegate*<WinogradTile*, void> WinogradOutput { get; }

    /// <summary>The kernel of weight gradients for a tile.</summary>
    /// <param name="values">The number of consecutive input values: 1 to <see cref="MaxPixels"/>.</param>
    /// <param name="channels">1 to 3 vectors of output channels, or one and a half.</param>
    public abstract delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels);

    private sealed class Set512 : KernelSet
    {
        public override string Name => "Vector512";

        public override int Lanes => Kernels512.Lanes;

        // Not Vector512.IsHardwareAccelerated, which .NET denies where these instructions slow the clock, on Intel's Skylake-X to Cascade
        // Lake: whole networks take two thirds of the time there all the same.
        public override bool IsSupported => Avx512F.IsSupported;

        public override bool HasHalfVectors => Kernels512.HasHalfVectors;

        public override int MaxPixels(int channels) => Kernels512.MaxPixels(channels);

        public override delegate*<ConvolutionTile*, void> Convolution(int pixels, int channels, bool fetching) =>
            fetching ? Kernels512.FetchingConvolution(pixels, channels) : Kernels512.Convolution(pixels, channels);

        public override delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs) =>
            Kernels512.Depthwise(size, stride, outputs);

        public override ReadOnlySpan<int> DepthwiseOutputs => Kernels512.DepthwiseOutputs;

        public override ReadOnlySpan<int> GroupedOutputs => Kernels512.GroupedOutputs;

        public override delegate*<GroupedTile*, void> Grouped(int stride, int outputs) => Kernels512.Grouped(stride, outputs);

        public override delegate*<WinogradTile*, void> WinogradInput => &Kernels512.WinogradInput;

        public override delegate*<WinogradTile*, void> WinogradOutput => &Kernels512.WinogradOutput;

        public override delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels) =>
            Kernels512.WeightGradient(values, channels);
    }

    private sealed class Set256 : KernelSet
    {
        public override string Name => "Vector256";

        public override int Lanes => Kernels256.Lanes;

        public override bool IsSupported => Vector256.IsHardwareAccelerated && Fma.IsSupported;

        public override int MaxPixels(int channels) => Kernels256.MaxPixels(channels);

        public override delegate*<ConvolutionTile*, void> Convolution(int pixels, int channels, bool fetching) =>
            fetching ? Kernels256.FetchingConvolution(pixels, channels) : Kernels256.Convolution(pixels, channels);

        public override delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs) =>
            Kernels256.Depthwise(size, stride, outputs);

        public override ReadOnlySpan<int> DepthwiseOutputs => Kernels256.DepthwiseOutputs;

        public override ReadOnlySpan<int> GroupedOutputs => Kernels256.GroupedOutputs;

        public override delegate*<GroupedTile*, void> Grouped(int stride, int outputs) => Kernels256.Grouped(stride, outputs);

        public override delegate*<WinogradTile*, void> WinogradInput => &Kernels256.WinogradInput;

        public override delegate*<WinogradTile*, void> WinogradOutput => &Kernels256.WinogradOutput;

        public override delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels) =>
            Kernels256.WeightGradient(values, channels);
    }

    private sealed class Set128 : KernelSet
    {
        private static readonly bool HasSixteenRegisters = RuntimeInformation.ProcessArchitecture != Architecture.Arm64;

        public override string Name => "Vector128";

        public override int Lanes => Kernels128.Lanes;

        public override bool IsSupported => Vector128.IsHardwareAccelerated;

        /// <summary>SSE has 16 registers, half as many as ARM64: wide tiles of full height would spill.</summary>
        public override int MaxPixels(int channels) =>
            Kernels128.MaxPixels(channels) / (HasSixteenRegisters && channels > Lanes ? 2 : 1);

        public override delegate*<ConvolutionTile*, void> Convolution(int pixels, int channels, bool fetching) =>
            Kernels128.Convolution(pixels, channels);

        public override delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs) =>
            Kernels128.Depthwise(size, stride, outputs);

        public override ReadOnlySpan<int> DepthwiseOutputs => Kernels128.DepthwiseOutputs;

        public override ReadOnlySpan<int> GroupedOutputs => Kernels128.GroupedOutputs;

        public override delegate*<GroupedTile*, void> Grouped(int stride, int outputs) => Kernels128.Grouped(stride, outputs);

        public override delegate*<WinogradTile*, void> WinogradInput => &Kernels128.WinogradInput;

        public override delegate*<WinogradTile*, void> WinogradOutput => &Kernels128.WinogradOutput;

        public override delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels) =>
            Kernels128.WeightGradient(values, channels);
    }

    private sealed class SetScalar : KernelSet
    {
        public override string Name => "scalar";

        public override int Lanes => KernelsScalar.Lanes;

        public override bool IsSupported => true;

        public override int MaxPixels(int channels) => KernelsScalar.MaxPixels(channels);

        public override delegate*<ConvolutionTile*, void> Convolution(int pixels, int channels, bool fetching) =>
            KernelsScalar.Convolution(pixels, channels);

        public override delegate*<DepthwiseTile*, void> Depthwise(int size, int stride, int outputs) =>
            KernelsScalar.Depthwise(size, stride, outputs);

        public override ReadOnlySpan<int> DepthwiseOutputs => KernelsScalar.DepthwiseOutputs;

        public override ReadOnlySpan<int> GroupedOutputs => KernelsScalar.GroupedOutputs;

        public override delegate*<GroupedTile*, void> Grouped(int stride, int outputs) => KernelsScalar.Grouped(stride, outputs);

        public override delegate*<WinogradTile*, void> WinogradInput => &KernelsScalar.WinogradInput;

        public override delegate*<WinogradTile*, void> WinogradOutput => &KernelsScalar.WinogradOutput;

        public override delegate*<WeightGradientTile*, void> WeightGradient(int values, int channels) =>
            KernelsScalar.WeightGradient(values, channels);
    }
}
