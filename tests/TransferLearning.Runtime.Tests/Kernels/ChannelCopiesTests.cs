using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class ChannelCopiesTests
{
    private const int Pixels = 3, Stride = 40, TargetStride = 80;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void Runs_are_copied_and_interleaved_and_channels_selected_pixel_by_pixel(int channels)
    {
        float[] source = [.. Enumerable.Range(0, Pixels * Stride).Select(static i => (float)i)];
        int[] order = [.. Enumerable.Range(0, channels).Select(i => i * 7 % 31)];
        float[] copied = Targets(), interleaved = Targets(), selected = Targets();

        fixed (float* x = source, copy = copied, pairs = interleaved, selection = selected)
        {
            ChannelCopies.Copy(x + 2, Stride, copy, TargetStride, Pixels, channels);
            ChannelCopies.Interleave(x + 1, x + 20, Stride, pairs, TargetStride, Pixels, channels);
            ChannelCopies.Select(x, Stride, selection, TargetStride, Pixels, order);
        }

        for (int p = 0; p < Pixels; p++)
        {
            for (int i = 0; i < TargetStride; i++)
            {
                int from = p * Stride, at = (p * TargetStride) + i;
                copied[at].ShouldBe(i < channels ? source[from + 2 + i] : -1);
                interleaved[at].ShouldBe(i < 2 * channels ? source[from + (i % 2 == 0 ? 1 : 20) + (i / 2)] : -1);
                selected[at].ShouldBe(i < channels ? source[from + order[i]] : -1);
            }
        }
    }

    private static float[] Targets() => [.. Enumerable.Repeat(-1f, Pixels * TargetStride)];
}
