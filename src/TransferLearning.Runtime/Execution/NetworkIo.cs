using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>The sizes of a program's images and outputs, and the copying of a batch's outputs.</summary>
internal static unsafe class NetworkIo
{
    public static int ImageLength(NetworkProgram program) =>
        program.Input.Layout.Height * program.Input.Layout.Width * program.Input.Layout.Channels;

    public static int OutputLength(NetworkProgram program) =>
        program.Output.Layout.Height * program.Output.Layout.Width * program.Output.Layout.Channels;

    /// <summary>Checks that the spans of a run are long enough.</summary>
    /// <exception cref="ArgumentException">A span is too short for the number of images.</exception>
    public static void Check(NetworkProgram program, ReadOnlySpan<float> images, int count, Span<float> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long imageValues = (long)count * ImageLength(program), outputValues = (long)count * OutputLength(program);
        if (images.Length < imageValues)
        {
            throw new ArgumentException($"{count} images need {imageValues} values, not {images.Length}", nameof(images));
        }

        if (output.Length < outputValues)
        {
            throw new ArgumentException($"{count} outputs need {outputValues} values, not {output.Length}", nameof(output));
        }
    }

    /// <summary>Copies the outputs of a batch, if they are among its vectors.</summary>
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
