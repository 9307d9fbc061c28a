using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes one block of a scan; a struct, so that each kind of scan gets a loop of its own.</summary>
internal interface IBlockDecoder
{
    /// <summary>Decodes the block at a component's block row and column.</summary>
    void Decode(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, HuffmanTable? ac, int row, int column);

    /// <summary>Forgets what earlier blocks left, at a scan's start and after a restart marker.</summary>
    void Restart();
}
