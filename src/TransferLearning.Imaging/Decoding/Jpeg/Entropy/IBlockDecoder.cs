using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes one block of a scan. Implemented by structs, so that the JIT compiles a loop for each kind of scan.</summary>
internal interface IBlockDecoder
{
    /// <summary>Decodes the block at a component's block row and column.</summary>
    void Decode(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, HuffmanTable? ac, int row, int column);

    /// <summary>Resets the state that earlier blocks left: at the start of a scan and after a restart marker.</summary>
    void Restart();
}
