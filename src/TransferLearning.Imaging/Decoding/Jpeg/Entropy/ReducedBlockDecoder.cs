using TransferLearning.Imaging.Decoding.Jpeg.Headers;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes a whole block of a baseline or extended sequential scan to samples of a reduced size.</summary>
/// <param name="block">Memory for 64 values.</param>
internal readonly ref struct ReducedBlockDecoder(Span<int> block) : IBlockDecoder
{
    private readonly Span<int> _block = block;

    /// <inheritdoc />
    public void Decode(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, HuffmanTable? ac, int row, int column)
    {
        _block.Clear();
        int last = new SequentialBlockDecoder(_block).DecodeCoefficients(ref reader, component, dc!, ac!);
        ReducedBlock.Store(_block, isFlat: last == 0, component, row, column);
    }

    /// <inheritdoc />
    public void Restart()
    {
    }
}
