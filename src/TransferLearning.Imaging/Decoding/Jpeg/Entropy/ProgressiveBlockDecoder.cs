using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes the part of a block that one scan of a progressive file holds into its coefficients (T.81, G.1.2).</summary>
/// <typeparam name="TBlock">What is kept of a block.</typeparam>
internal struct ProgressiveBlockDecoder<TBlock> : IBlockDecoder
    where TBlock : struct, ICoefficientBlock<TBlock>, allows ref struct
{
    private readonly int _start;
    private readonly int _end;
    private readonly int _bit;
    private readonly bool _refines;

    // The number of blocks, including the current one, that have no further coefficients in this scan.
    private int _endOfBandRun;

    /// <summary>Creates the decoder of a scan.</summary>
    public ProgressiveBlockDecoder(JpegScan scan)
    {
        (_start, _end, _bit) = (scan.SpectralStart, scan.SpectralEnd, scan.Bit);
        _refines = scan.PreviousBit != 0;
    }

    /// <inheritdoc />
    public void Decode(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, HuffmanTable? ac, int row, int column)
    {
        TBlock block = TBlock.Of(component, row, column);
        if (_start == 0)
        {
            DecodeDc(ref reader, component, dc, block);
        }
        else if (_refines)
        {
            RefineAc(ref reader, ac!, block);
        }
        else
        {
            DecodeAc(ref reader, ac!, block);
        }
    }

    /// <inheritdoc />
    public void Restart() => _endOfBandRun = 0;

    private readonly void DecodeDc(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, TBlock block)
    {
        if (_refines)
        {
            block.RefineDc(reader.Read(1) << _bit);
            return;
        }

        int size = reader.ReadSymbol(dc!);
        if (size > 15)
        {
            throw reader.NoSuchCode();
        }

        if (size > 0)
        {
            component.DcPrediction = (short)(component.DcPrediction + Magnitude.Extend(reader.Read(size), size));
        }

        block.Set(0, component.DcPrediction << _bit);
    }

    private void DecodeAc(ref EntropyReader reader, HuffmanTable ac, TBlock block)
    {
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            return;
        }

        for (int k = _start; k <= _end; k++)
        {
            int symbol = reader.ReadSymbol(ac);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0)
            {
                if (run < 15)
                {
                    _endOfBandRun = (1 << run) + reader.Read(run) - 1;
                    return;
                }

                k += 15;
                continue;
            }

            k += run;
            if (k > _end)
            {
                throw TooManyCoefficients(ref reader);
            }

            block.Set(k, Magnitude.Extend(reader.Read(size), size) << _bit);
        }
    }

    // Each coefficient that is not 0 yet has a correction bit; a new one is +-1 at this bit position, after a run of zeros.
    private void RefineAc(ref EntropyReader reader, HuffmanTable ac, TBlock block)
    {
        int k = _start;
        while (k <= _end && _endOfBandRun == 0)
        {
            int symbol = reader.ReadSymbol(ac);
            (int run, int size) = (symbol >> 4, symbol & 15);
            int value = 0;
            if (size == 1)
            {
                value = reader.Read(1) == 1 ? 1 << _bit : -1 << _bit;
            }
            else if (size != 0)
            {
                throw reader.Damaged("a refinement is larger than one bit");
            }
            else if (run < 15)
            {
                _endOfBandRun = (1 << run) + reader.Read(run);
                break;
            }

            k = SkipZeros(ref reader, block, k, run);
            if (k > _end)
            {
                if (value != 0)
                {
                    throw TooManyCoefficients(ref reader);
                }

                break;
            }

            if (value != 0)
            {
                block.Set(k, value);
            }

            k++;
        }

        if (_endOfBandRun > 0)
        {
            SkipZeros(ref reader, block, k, int.MaxValue);
            _endOfBandRun--;
        }
    }

    // Corrects the coefficients up to the zero that follows a run of zeros, or up to the end of the band.
    private readonly int SkipZeros(ref EntropyReader reader, TBlock block, int k, int run)
    {
        for (; k <= _end; k++)
        {
            if (!block.IsZero(k))
            {
                if (reader.Read(1) == 1)
                {
                    block.Correct(k, 1 << _bit);
                }
            }
            else if (run-- == 0)
            {
                break;
            }
        }

        return k;
    }

    private static InvalidImageException TooManyCoefficients(ref EntropyReader reader) =>
        reader.Damaged("a block has more coefficients than its scan covers");
}
