using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Steps.Winograd;

/// <summary>
/// 3 x 3 convolution of stride 1 by Winograd's F(4x4, 3x3): 36 matrix products of transformed tiles, which are 36 multiplications per tile
/// and pair of channels in place of 144; the smaller tiles at a map's edge have fewer points and need fewer. The tiles of a group of images
/// run together, so that small maps share the reading of the weights.
/// Loops: chunk of tiles, pair of rows of points, (input transform), matrix, panel of output channels, tiles, (output transform). A pair
/// has a third of the matrices and so needs a third of the cache.
/// </summary>
internal sealed unsafe class WinogradStep : Step, IDisposable
{
    private const int PairMatrices = 2 * WinogradWeights.Points;
    private const int LastPair = (WinogradWeights.Points / 2) - 1;

    /// <summary>The memory for a chunk's tiles, transformed to a pair of rows of points: a share of a typical second-level cache.</summary>
    private const int ChunkBytes = 384 * 1024;
    private const int MinChunk = 24;
    private const int MaxChunk = 96;

    private readonly KernelSet _kernels;
    private readonly WinogradWeights _weights;
    private readonly Value _input;
    private readonly Value? _residual;
    private readonly Activation _activation;
    private readonly WinogradGrid _grid;
    private readonly int _maxChunk;
    private readonly int _resultStride;
    private readonly int[] _rowOffsets;

    public WinogradStep(
        KernelSet kernels, Value input, Value output, Value? residual, WinogradWeights weights, Window window, Activation activation)
        : base(output, residual is null ? [input] : [input, residual])
    {
        (_kernels, _input, _residual, _weights, _activation) = (kernels, input, residual, weights, activation);
        _grid = new WinogradGrid(output.Layout.Height, output.Layout.Width);
        _resultStride = kernels.PixelStride(output.Layout.Channels);
        window.RequireBorder(input, output.Layout.Height, output.Layout.Width);
        (Top, Left) = (window.Top, window.Left);
        for (int tiles = 1; tiles <= _grid.Rows * _grid.Columns * Workspace.MaxImages; tiles++)
        {
            _maxChunk = Math.Max(_maxChunk, ChunkOf(tiles));
        }

        _rowOffsets = new int[33];
        for (int row = 0; row < 16; row++)
        {
            (_rowOffsets[row], _rowOffsets[16 + row]) = (row * input.Layout.PixelStride, row * _resultStride);
        }
    }

    public override Value? Replaceable => _residual == _input ? null : _residual;

    public override string Description =>
        $"Winograd 3x3 {_input.Layout.Channels}->{Output.Layout.Channels} on {Output.Layout.Height}x{Output.Layout.Width}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override long ScratchLength => PairMatrices * (InputPlane(_maxChunk) + OutputPlane(_maxChunk));

    public override long WeightBytes => _weights.WeightBytes;

    private Range AllPanels => 0.._weights[0].Panels.Length;

    private int Top { get; }

    private int Left { get; }

    /// <summary>Whether there are kernels for a convolution, and its channels are enough to gain by them.</summary>
    public static bool Supports(Window window, int inputs, int outputs) =>
        window is { Height: 3, Width: 3, StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1 } && inputs >= 32 && outputs >= 32;

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, workspace.Image, 1, 0, _grid.Rows, AllPanels);

    public override void RunGroup(Workspace workspace, int images) => Run(workspace, 0, images, 0, _grid.Rows, AllPanels);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        // Small maps with large weights: threads divide the panels, so that each reads only its share of the weights. Each transforms the
        // whole input, which is little work.
        const int MinWeightsPerValue = 4;
        int panels = AllPanels.End.Value;
        if (WeightBytes > MinWeightsPerValue * (long)_input.Layout.Length * sizeof(float) && panels >= 2 * parts)
        {
            Run(workspace, workspace.Image, 1, 0, _grid.Rows, (panels * part / parts)..(panels * (part + 1) / parts));
        }
        else
        {
            Run(workspace, workspace.Image, 1, _grid.Rows * part / parts, _grid.Rows * (part + 1) / parts, AllPanels);
        }
    }

    public void Dispose() => _weights.Dispose();

    /// <summary>
    /// The distance between matrices of input: a little more than their length, so that their rows do not share cache sets.
    /// </summary>
    private nint InputPlane(int tiles) => ((nint)tiles * _input.Layout.PixelStride) + 80;

    private nint OutputPlane(int tiles) => ((nint)tiles * _resultStride) + 80;

    /// <summary>
    /// The number of tiles to run at once: few enough that the transformed tiles stay in cache, at the cost of reading the weights again
    /// for each chunk, or as many as possible, at the cost of writing and reading the transformed tiles beyond the cache.
    /// </summary>
    private int ChunkOf(int tiles)
    {
        // Transformed tiles are written and read more than once, and no prefetch hides that. Measured: a byte of tiles costs as much time
        // as this many bytes of weights.
        const int Passes = 5;
        long tileBytes = (long)PairMatrices * (_input.Layout.PixelStride + _resultStride) * sizeof(float);
        int near = Math.Clamp((int)(ChunkBytes / tileBytes), MinChunk, MaxChunk);
        int nearChunks = (tiles + near - 1) / near, farChunks = (tiles + MaxChunk - 1) / MaxChunk;
        int chunks = (nearChunks - farChunks) * WeightBytes > Passes * tiles * tileBytes ? farChunks : nearChunks;
        return (tiles + chunks - 1) / chunks;
    }

    private void Run(Workspace workspace, int firstImage, int images, int fromRow, int toRow, Range panels)
    {
        int total = (toRow - fromRow) * _grid.Columns * images;
        if (total == 0)
        {
            return;
        }

        WeightPanel[] all = _weights[0].Panels;
        int channel = all[panels.Start.Value].OutputChannel;
        int channelEnd = panels.End.Value < all.Length
            ? all[panels.End.Value].OutputChannel
            : _kernels.WholeVectors(Output.Layout.Channels);
        int largest = ChunkOf(total);
        Span<WinogradChunk.Place> room = stackalloc WinogradChunk.Place[largest];
        var next = new WinogradChunk.Place(firstImage, fromRow, 0);
        int selected = workspace.Image;
        for (int start = 0; start < total; start += largest)
        {
            var chunk = new WinogradChunk(_grid, fromRow..toRow, ref next, room[..Math.Min(largest, total - start)]);
            float* products = workspace.Scratch;
            float* results = products + (InputPlane(chunk.Tiles.Length) * PairMatrices);
            for (int pair = 0; pair <= LastPair; pair++)
            {
                TransformInput(workspace, chunk.Tiles, pair, products);
                Multiply(products, results, chunk, pair, panels);
                TransformOutput(workspace, chunk.Tiles, pair, results, channel, channelEnd - channel);
            }
        }

        workspace.Image = selected;
    }

    private void TransformInput(Workspace workspace, ReadOnlySpan<WinogradChunk.Place> tiles, int pair, float* products)
    {
        FeatureMapLayout layout = _input.Layout;
        delegate*<WinogradTile*, void> transform = _kernels.WinogradInput;
        WinogradTile tile = default;
        tile.Pair = pair;
        tile.PixelStride = layout.PixelStride;
        tile.RowStride = layout.RowStride;
        tile.Products = products;
        tile.PlaneStride = InputPlane(tiles.Length);
        tile.Channels = _kernels.WholeVectors(layout.Channels);
        foreach (WinogradChunk.Place place in tiles)
        {
            workspace.Image = place.Image;
            nint y = (place.Row * WinogradGrid.TileSize) - Top, x = (place.Column * WinogradGrid.TileSize) - Left;
            tile.Pixels = workspace.Origins[_input.Index] + (y * layout.RowStride) + (x * layout.PixelStride);
            (tile.Rows, tile.Columns) = (_grid.Height(place.Row), _grid.Width(place.Column));
            transform(&tile);
            tile.Products += layout.PixelStride;
        }
    }

    private void TransformOutput(
        Workspace workspace, ReadOnlySpan<WinogradChunk.Place> tiles, int pair, float* products, int channel, int channels)
    {
        FeatureMapLayout layout = Output.Layout;
        delegate*<WinogradTile*, void> transform = _kernels.WinogradOutput;
        WinogradTile tile = default;
        tile.Pair = pair;
        tile.PixelStride = layout.PixelStride;
        tile.RowStride = layout.RowStride;
        tile.Products = products + channel;
        tile.PlaneStride = OutputPlane(tiles.Length);
        tile.Channels = channels;
        tile.Bias = _weights.Bias + channel;
        (tile.Minimum, tile.Maximum) = _activation.ClampRange;
        foreach (WinogradChunk.Place place in tiles)
        {
            workspace.Image = place.Image;
            nint y = place.Row * WinogradGrid.TileSize, x = place.Column * WinogradGrid.TileSize;
            tile.Pixels = workspace.Origins[Output.Index] + (y * layout.RowStride) + (x * layout.PixelStride) + channel;
            (tile.Rows, tile.Columns) = (_grid.Height(place.Row), _grid.Width(place.Column));
            if (_residual is not null)
            {
                (tile.ResidualRowStride, tile.ResidualPixelStride) = (_residual.Layout.RowStride, _residual.Layout.PixelStride);
                tile.Residual = workspace.Origins[_residual.Index]
                    + (y * tile.ResidualRowStride) + (x * tile.ResidualPixelStride) + channel;
            }

            transform(&tile);
            if (pair == LastPair && !_activation.IsClamp)
            {
                Activate(tile);
            }

            tile.Products += _resultStride;
        }
    }

    private void Activate(WinogradTile tile)
    {
        for (int y = 0; y < tile.Rows; y++)
        {
            for (int x = 0; x < tile.Columns; x++)
            {
                float* pixel = tile.Pixels + (y * tile.RowStride) + (x * tile.PixelStride);
                _activation.Apply(pixel, pixel, (int)tile.Channels);
            }
        }
    }

    /// <summary>Computes the twelve matrix products of a pair, [tiles, inputs] x [inputs, outputs].</summary>
    private void Multiply(float* products, float* results, WinogradChunk chunk, int pair, Range panels)
    {
        nint inputPlane = InputPlane(chunk.Tiles.Length), outputPlane = OutputPlane(chunk.Tiles.Length);
        fixed (int* offsets = _rowOffsets)
        {
            ConvolutionTile tile = default;
            tile.InputOffsets = offsets;
            tile.OutputOffsets = offsets + 16;
            tile.SegmentOffsets = offsets + 32;
            tile.Segments = 1;
            (tile.Minimum, tile.Maximum) = Activation.None.ClampRange;
            bool fetches = WeightBytes >= PackedConvolution.MinFetchedBytes;
            for (int i = 0; i < PairMatrices; i++)
            {
                int matrix = (pair * PairMatrices) + i;
                (int first, int tiles) = chunk.Of(matrix).GetOffsetAndLength(chunk.Tiles.Length);
                if (tiles == 0)
                {
                    continue;
                }

                PackedConvolution weights = _weights[matrix];
                tile.SegmentLength = weights.SegmentLength;
                ReadOnlySpan<WeightPanel> run = weights.Panels.AsSpan(panels);
                for (int p = 0; p < run.Length; p++)
                {
                    WeightPanel panel = run[p];
                    float* next = p + 1 < run.Length ? weights.Weights + run[p + 1].WeightOffset
                        : matrix + 1 < WinogradWeights.Matrices ? _weights[matrix + 1].Weights + run[0].WeightOffset
                        : null;
                    tile.Weights = weights.Weights + panel.WeightOffset;
                    tile.Bias = weights.Bias + panel.OutputChannel;
                    bool fetching = fetches && next != null;
                    var rows = new TileDivision(_kernels, tiles, panel.Width, fetching);
                    if (fetching)
                    {
                        rows.Fetch(&tile, next);
                    }

                    for (int t = 0; t < tiles;)
                    {
                        tile.Input = products + (i * inputPlane) + ((nint)(first + t) * _input.Layout.PixelStride);
                        tile.Output = results + (i * outputPlane) + ((nint)(first + t) * _resultStride) + panel.OutputChannel;
                        t += rows.Run(&tile, tiles - t);
                    }
                }
            }
        }
    }
}
