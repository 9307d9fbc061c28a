using System.Runtime.ExceptionServices;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>Reads the initializers of a graph, on several threads where there are many weights.</summary>
internal static class OnnxInitializers
{
    /// <summary>The number of bytes of weights from which several threads read them.</summary>
    private const int MinParallelBytes = 8 * 1024 * 1024;

    /// <param name="initializers">The messages; weights that <paramref name="large"/> has are left out of them.</param>
    /// <param name="externalData">The weights in other files.</param>
    /// <param name="large">The weights that are read from the model's file; null where the messages have all.</param>
    /// <returns>For each initializer its value, or why it cannot be read.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (Tensor?[] Values, InvalidNetworkException?[] Problems) Read(
        List<TensorProto> initializers, ExternalData externalData, LargeWeights? large)
    {
        var values = new Tensor?[initializers.Count];
        var problems = new InvalidNetworkException?[initializers.Count];
        void ReadOne(int i)
        {
            string what = $"the initializer '{initializers[i].Name}'";
            try
            {
                values[i] = large?.PlaceOf(i) is { } place
                    ? OnnxTensors.Read(initializers[i], what, large.File, place.Offset, place.Length)
                    : OnnxTensors.Read(initializers[i], what, externalData);
            }
            catch (InvalidNetworkException e)
            {
                problems[i] = e;
            }
        }

        long bytes = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bytes += large?.PlaceOf(i)?.Length ?? initializers[i].RawData?.Length ?? 0;
        }

        if (bytes < MinParallelBytes)
        {
            for (int i = 0; i < values.Length; i++)
            {
                ReadOne(i);
            }

            return (values, problems);
        }

        try
        {
            Parallel.For(0, values.Length, ReadOne);
            return (values, problems);
        }
        catch (AggregateException e)
        {
            // One of several is enough: the file must be read again in any case.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
    }
}
