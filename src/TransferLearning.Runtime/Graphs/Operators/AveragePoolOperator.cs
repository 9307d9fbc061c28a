namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>
/// The mean of what a window covers: of the input alone or, with count_include_pad, of the padding too (but not of what lies beyond
/// the padding, where ceil_mode lets a window hang over).
/// </summary>
internal sealed class AveragePoolOperator()
    : PoolOperator("AveragePool", "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides")
{
    protected override double Reduce(
        NodeAttributes attributes, ReadOnlySpan<double> channel, WindowAxis vertical, WindowAxis horizontal, int y, int x)
    {
        bool countsPadding = attributes.Integer("count_include_pad", 0) != 0;
        double sum = 0;
        int count = 0;
        for (int ky = 0; ky < vertical.Kernel; ky++)
        {
            int row = (y * vertical.Stride) - vertical.PadBegin + (ky * vertical.Dilation);
            for (int kx = 0; kx < horizontal.Kernel; kx++)
            {
                int column = (x * horizontal.Stride) - horizontal.PadBegin + (kx * horizontal.Dilation);
                if ((uint)row < (uint)vertical.Input && (uint)column < (uint)horizontal.Input)
                {
                    sum += channel[(row * horizontal.Input) + column];
                    count++;
                }
                else if (countsPadding && row < vertical.Input + vertical.PadEnd && column < horizontal.Input + horizontal.PadEnd)
                {
                    count++;
                }
            }
        }

        return sum / count;
    }
}
