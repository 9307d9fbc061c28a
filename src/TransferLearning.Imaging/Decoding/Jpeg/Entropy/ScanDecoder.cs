using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes the blocks of a scan in their order (T.81, A.2), with restart markers between them.</summary>
internal static class ScanDecoder
{
    /// <summary>Decodes a scan.</summary>
    /// <returns>The position of the next marker.</returns>
    public static int Decode<TBlock>(ReadOnlySpan<byte> file, int position, JpegFrame frame, JpegScan scan, TBlock block)
        where TBlock : struct, IBlockDecoder, allows ref struct
    {
        var reader = new EntropyReader(file, position);
        try
        {
            if (scan.Components.Length == 1)
            {
                DecodeSingle(ref reader, scan, block);
            }
            else
            {
                DecodeInterleaved(ref reader, frame, scan, block);
            }

            reader.End();
            return reader.FilePosition;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static void DecodeSingle<TBlock>(ref EntropyReader reader, JpegScan scan, TBlock block)
        where TBlock : struct, IBlockDecoder, allows ref struct
    {
        JpegComponent component = scan.Components[0];
        (HuffmanTable? dc, HuffmanTable? ac) = (scan.DcTables[0], scan.AcTables[0]);
        component.DcPrediction = 0;
        block.Restart();
        int total = component.BlocksWide * component.BlocksHigh;
        int done = 0;
        for (int row = 0; row < component.BlocksHigh; row++)
        {
            for (int column = 0; column < component.BlocksWide; column++)
            {
                RestartWhenDue(ref reader, scan, ref block, done);
                block.Decode(ref reader, component, dc, ac, row, column);
                reader.Check(++done, total);
            }
        }
    }

    private static void DecodeInterleaved<TBlock>(ref EntropyReader reader, JpegFrame frame, JpegScan scan, TBlock block)
        where TBlock : struct, IBlockDecoder, allows ref struct
    {
        foreach (JpegComponent component in scan.Components)
        {
            component.DcPrediction = 0;
        }

        block.Restart();
        int total = frame.McusWide * frame.McusHigh;
        int done = 0;
        for (int mcuRow = 0; mcuRow < frame.McusHigh; mcuRow++)
        {
            for (int mcuColumn = 0; mcuColumn < frame.McusWide; mcuColumn++)
            {
                RestartWhenDue(ref reader, scan, ref block, done);
                DecodeMcu(ref reader, scan, ref block, mcuRow, mcuColumn);
                reader.Check(++done, total);
            }
        }
    }

    private static void DecodeMcu<TBlock>(ref EntropyReader reader, JpegScan scan, ref TBlock block, int mcuRow, int mcuColumn)
        where TBlock : struct, IBlockDecoder, allows ref struct
    {
        for (int i = 0; i < scan.Components.Length; i++)
        {
            JpegComponent component = scan.Components[i];
            (HuffmanTable? dc, HuffmanTable? ac) = (scan.DcTables[i], scan.AcTables[i]);
            int firstRow = mcuRow * component.VerticalSampling;
            int firstColumn = mcuColumn * component.HorizontalSampling;
            for (int row = firstRow; row < firstRow + component.VerticalSampling; row++)
            {
                for (int column = firstColumn; column < firstColumn + component.HorizontalSampling; column++)
                {
                    block.Decode(ref reader, component, dc, ac, row, column);
                }
            }
        }
    }

    private static void RestartWhenDue<TBlock>(ref EntropyReader reader, JpegScan scan, ref TBlock block, int done)
        where TBlock : struct, IBlockDecoder, allows ref struct
    {
        if (scan.RestartInterval == 0 || done == 0 || done % scan.RestartInterval != 0)
        {
            return;
        }

        reader.Restart((done / scan.RestartInterval) - 1);
        block.Restart();
        foreach (JpegComponent component in scan.Components)
        {
            component.DcPrediction = 0;
        }
    }
}
