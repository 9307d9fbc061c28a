using BenchmarkDotNet.Attributes;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Benchmarks;

/// <summary>Times decoding photos to pixels, and converting these to a network's input.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    private readonly ImagePreprocessing _preprocessing = new() { Width = 224, Height = 224 };
    private readonly float[] _tensor = new float[224 * 224 * 3];
    private byte[][] _files = [];

    /// <summary>The data set of the photos.</summary>
    [Params("hymenoptera/val/bees", "trashnet/glass")]
    public string Folder { get; set; } = "";

    /// <summary>Reads a few files.</summary>
    [GlobalSetup]
    public void ReadFiles()
    {
        string folder = SharedFiles.PathOf(["data", .. Folder.Split('/')]);
        _files = [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(16).Select(File.ReadAllBytes)];
    }

    /// <summary>Decodes 16 photos to pixels.</summary>
    [Benchmark]
    public int Decode() => _files.Sum(file => ImageFormats.BuiltIn.Decode(file).Width);

    /// <summary>Decodes 16 photos and converts them to the input of a network of 224 x 224 pixels.</summary>
    [Benchmark]
    public float DecodeAndResize()
    {
        foreach (byte[] file in _files)
        {
            ImageToTensor.Convert(ImageFormats.BuiltIn.Decode(file), _preprocessing, _tensor);
        }

        return _tensor[0];
    }
}
