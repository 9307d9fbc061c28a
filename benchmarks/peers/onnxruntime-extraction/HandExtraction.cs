using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace TransferLearning.Peers.OnnxRuntimeExtraction;

/// <summary>
/// Extracts features as one writes it by hand: SkiaSharp decodes and resizes a batch of 16 on all threads while ONNX Runtime computes the
/// batch before, on as many threads of its own.
/// </summary>
internal sealed class HandExtraction : IDisposable
{
    private const int Batch = 16;

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly int _threads;
    private readonly int _side;
    private readonly string _output;

    public HandExtraction(string network, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        (_session, _threads) = (new InferenceSession(network, options), threads);
        int side = _session.InputMetadata[_session.InputNames[0]].Dimensions[2];
        _side = side > 0 ? side : 224;
        _output = _session.OutputNames.Contains("features") ? "features" : _session.OutputNames[0];
    }

    /// <summary>The features of all files, as one array.</summary>
    public float[] Run(string[] files)
    {
        string[][] batches = [.. files.Chunk(Batch)];
        var features = new List<float>();
        Task<float[]> next = Task.Run(() => Prepare(batches[0]));
        for (int i = 0; i < batches.Length; i++)
        {
            float[] input = next.GetAwaiter().GetResult();
            if (i + 1 < batches.Length)
            {
                string[] following = batches[i + 1];
                next = Task.Run(() => Prepare(following));
            }

            using var value = OrtValue.CreateTensorValueFromMemory(input, [batches[i].Length, 3, _side, _side]);
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_options, _session.InputNames, [value], [_output]);
            features.AddRange(outputs[0].GetTensorDataAsSpan<float>());
        }

        return [.. features];
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    /// <summary>[files, 3, side, side]: pixel values from -1 to 1.</summary>
    private float[] Prepare(string[] files)
    {
        int plane = _side * _side;
        float[] input = new float[files.Length * 3 * plane];
        Parallel.For(0, files.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            using var bitmap = SKBitmap.Decode(files[i]);
            using SKBitmap resized = bitmap.Resize(
                new SKImageInfo(_side, _side, SKColorType.Rgba8888), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            ReadOnlySpan<byte> pixels = resized.GetPixelSpan();
            Span<float> image = input.AsSpan(i * 3 * plane, 3 * plane);
            for (int p = 0; p < plane; p++)
            {
                image[p] = (pixels[4 * p] / 127.5f) - 1;
                image[plane + p] = (pixels[(4 * p) + 1] / 127.5f) - 1;
                image[(2 * plane) + p] = (pixels[(4 * p) + 2] / 127.5f) - 1;
            }
        });
        return input;
    }
}
