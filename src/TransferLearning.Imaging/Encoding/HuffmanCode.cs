namespace TransferLearning.Imaging.Encoding;

/// <summary>The bits of each symbol of a canonical Huffman code (T.81, annex C). Immutable.</summary>
internal sealed class HuffmanCode
{
    private readonly int[] _codes = new int[256];
    private readonly int[] _lengths = new int[256];

    /// <summary>Builds the code from 16 counts, one per length, followed by the symbols.</summary>
    public HuffmanCode(ReadOnlySpan<byte> definition)
    {
        int code = 0;
        int next = 16;
        for (int length = 1; length <= 16; length++, code <<= 1)
        {
            for (int i = 0; i < definition[length - 1]; i++)
            {
                byte symbol = definition[next++];
                (_codes[symbol], _lengths[symbol]) = (code++, length);
            }
        }
    }

    /// <summary>Writes a symbol.</summary>
    public void Write(JpegBitWriter writer, int symbol) => writer.Write(_codes[symbol], _lengths[symbol]);
}
