using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>The sizes of a program's images and outputs, and the copy of a batch's output rows.</summary>
internal static unsafe class NetworkIo
{
    public static int ImageLength(NetworkProgram program) =>
        program.Input.Layout.Height * program.Input.Layout.Width * program.Input.Layout.Channels;

    public static int OutputLength(NetworkProgram program) =>
        program.Output.Layout.Height * program.Output.Layout.Width * program.Output.Layout.Channels;

    /// <exception cref="ArgumentException">A span is too short for so many images.</exception>
    public static void Check(NetworkProgram program, ReadOnlySpan<float> images, int count, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (images.Length < (long)count * ImageLength(program))
        {
            throw new ArgumentException($"{count} images need {(long)count * ImageLength(program)} values, not {images.Length}", nameof(images));
        }

        if (output.Length < (long)count * OutputLength(program))
        {
            throw new ArgumentException($"{count} outputs need {(long)count * OutputLength(program)} values, not {output.Length}", nameof(output));
        }
    }

    public static void CopyRows(NetworkProgram program, Workspace workspace, int rows, Span<float> output)
    {
        if (!program.OutputIsBatched)
        {
            return;
        }

        FeatureMapLayout layout = program.Output.Layout;
        for (int i = 0; i < rows; i++)
        {
            new ReadOnlySpan<float>(workspace.Origins[program.Output.Index] + ((nint)i * layout.PixelStride), layout.Channels)
                .CopyTo(output[(i * layout.Channels)..]);
        }
    }
}
