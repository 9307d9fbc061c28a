namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>The largest element that a window covers; padding does not count.</summary>
internal sealed class MaxPoolOperator()
    : PoolOperator("MaxPool", "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides")
{
    protected override double Reduce(
        NodeAttributes attributes, ReadOnlySpan<double> channel, WindowAxis vertical, WindowAxis horizontal, int y, int x)
    {
        double largest = double.NegativeInfinity;
        for (int ky = 0; ky < vertical.Kernel; ky++)
        {
            int row = (y * vertical.Stride) - vertical.PadBegin + (ky * vertical.Dilation);
            for (int kx = 0; kx < horizontal.Kernel; kx++)
            {
                int column = (x * horizontal.Stride) - horizontal.PadBegin + (kx * horizontal.Dilation);
                if ((uint)row < (uint)vertical.Input && (uint)column < (uint)horizontal.Input)
                {
                    largest = Math.Max(largest, channel[(row * horizontal.Input) + column]);
                }
            }
        }

        return largest;
    }
}
