using TransferLearning.Imaging.Decoding.Jpeg.Entropy;

namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>Reads a SOS segment (T.81, B.2.3) and resolves the tables that it names.</summary>
internal static class JpegScanHeader
{
    private const int MaxBlocksOfMcu = 10;

    /// <summary>Reads the scan.</summary>
    public static JpegScan Read(ReadOnlySpan<byte> segment, int position, JpegFrame frame, JpegTables tables)
    {
        int count = segment.IsEmpty ? 0 : segment[0];
        if (count is < 1 or > 4 || segment.Length < 4 + (count * 2))
        {
            throw JpegError.Damaged($"the scan header has {segment.Length} bytes for {count} components", position);
        }

        byte bits = segment[3 + (count * 2)];
        var scan = new JpegScan(new JpegComponent[count], new HuffmanTable?[count], new HuffmanTable?[count])
        {
            RestartInterval = tables.RestartInterval,
        };
        if (frame.IsProgressive)
        {
            scan = scan with
            {
                SpectralStart = segment[1 + (count * 2)],
                SpectralEnd = segment[2 + (count * 2)],
                PreviousBit = bits >> 4,
                Bit = bits & 15,
            };
            CheckProgression(scan, position);
        }

        int blocks = 0;
        for (int i = 0; i < count; i++)
        {
            (byte id, byte destinations) = (segment[1 + (i * 2)], segment[2 + (i * 2)]);
            JpegComponent? component = Array.Find(frame.Components, c => c.Id == id);
            if (component == null || Array.IndexOf(scan.Components, component) >= 0)
            {
                throw JpegError.Damaged($"the scan header names component {id}, which is unknown or named twice,", position);
            }

            scan.Components[i] = component;
            scan.DcTables[i] = Resolve(tables.Dc, destinations >> 4);
            scan.AcTables[i] = Resolve(tables.Ac, destinations & 15);
            CheckTables(scan, i, position);
            blocks += component.HorizontalSampling * component.VerticalSampling;
        }

        return count == 1 || blocks <= MaxBlocksOfMcu
            ? scan
            : throw JpegError.Damaged($"the scan interleaves {blocks} blocks, more than {MaxBlocksOfMcu},", position);
    }

    private static HuffmanTable? Resolve(HuffmanTable?[] tables, int destination) =>
        destination < tables.Length ? tables[destination] : null;

    private static void CheckTables(JpegScan scan, int component, int position)
    {
        bool needsDc = scan.SpectralStart == 0 && scan.PreviousBit == 0;
        bool needsAc = scan.SpectralEnd > 0;
        if ((needsDc && scan.DcTables[component] == null) || (needsAc && scan.AcTables[component] == null))
        {
            throw JpegError.Damaged("the scan uses a Huffman table that is not defined", position);
        }
    }

    private static void CheckProgression(JpegScan scan, int position)
    {
        (int start, int end, int previous, int bit) = (scan.SpectralStart, scan.SpectralEnd, scan.PreviousBit, scan.Bit);
        bool band = start == 0 ? end == 0 : start <= end && end < 64 && scan.Components.Length == 1;
        if (!band || bit > 13 || (previous != 0 && previous != bit + 1))
        {
            throw JpegError.Damaged(
                $"the scan covers coefficients {start} to {end}, bits {previous} to {bit}, which is invalid,", position);
        }
    }
}
