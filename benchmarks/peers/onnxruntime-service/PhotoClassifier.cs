using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace TransferLearning.Peers.OnnxRuntimeService;

/// <summary>
/// Decodes with SkiaSharp and computes with ONNX Runtime, as well as that goes by hand: one shared session, buffers and their OrtValues
/// reused, and as many images at a time as there are processors. Thread-safe.
/// </summary>
internal sealed class PhotoClassifier : IDisposable
{
    private const int Size = 224;
    private const int Plane = Size * Size;
    private const int MaxLabels = 5;

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _labels;
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
    private readonly ConcurrentBag<float[]> _inputs = [];

    public PhotoClassifier(string file, int intraOpThreads)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions
        {
            IntraOpNumThreads = intraOpThreads,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(file, options);
        Dictionary<string, string> metadata = _session.ModelMetadata.CustomMetadataMap;
        _labels = JsonSerializer.Deserialize<string[]>(metadata["transferlearning.labels"])!;
        using var preprocessing = JsonDocument.Parse(metadata["transferlearning.preprocessing"]);
        (_mean, _scale) = (Numbers(preprocessing, "mean"), Numbers(preprocessing, "scale"));
    }

    public void WarmUp() => Run(new float[3 * Plane]);

    public async Task<PhotoAnswer> PredictAsync(ReadOnlyMemory<byte> photo, CancellationToken cancellationToken)
    {
        await _processors.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Predict(photo.Span), cancellationToken);
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
        _processors.Dispose();
    }

    private PhotoAnswer Predict(ReadOnlySpan<byte> photo)
    {
        float[] input = _inputs.TryTake(out float[]? idle) ? idle : new float[3 * Plane];
        Decode(photo, input);
        float[] probabilities = Run(input);
        _inputs.Add(input);
        ScoredClass[] top =
        [
            .. _labels.Zip(probabilities, (label, probability) => new ScoredClass(label, probability))
                .OrderByDescending(c => c.Probability).Take(MaxLabels),
        ];
        return new PhotoAnswer(top[0].Label, top[0].Probability, top);
    }

    private static float[] Numbers(JsonDocument preprocessing, string name) =>
        [.. preprocessing.RootElement.GetProperty(name).EnumerateArray().Select(n => n.GetSingle())];

    private void Decode(ReadOnlySpan<byte> photo, float[] input)
    {
        using SKBitmap bitmap = SKBitmap.Decode(photo) ?? throw new BadHttpRequestException("no image", 415);
        using SKBitmap resized = bitmap.Resize(
            new SKImageInfo(Size, Size, SKColorType.Rgba8888), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        ReadOnlySpan<byte> pixels = resized.GetPixelSpan();
        for (int channel = 0; channel < 3; channel++)
        {
            float mean = _mean[channel], scale = 1 / _scale[channel];
            Span<float> plane = input.AsSpan(channel * Plane, Plane);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = (pixels[(4 * i) + channel] - mean) * scale;
            }
        }
    }

    private float[] Run(float[] input)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, Size, Size]);
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            _session.Run(_options, _session.InputNames, [value], [_session.OutputNames[0]]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
