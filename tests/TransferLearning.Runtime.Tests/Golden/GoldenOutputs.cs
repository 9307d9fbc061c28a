using System.Text.Json;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Golden;

/// <summary>The outputs of ONNX Runtime for a shared network on a seeded input; see make-golden.mjs.</summary>
internal sealed record GoldenOutputs(int Size, uint Seed, float[] Features, float[] Logits)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public Tensor CreateInput() => SeededInput.Create(new Shape(1, 3, Size, Size), Seed);

    public static GoldenOutputs Of(string file)
    {
        string path = Path.Combine(SharedFiles.RepositoryRoot(), "tests", "TransferLearning.Runtime.Tests", "Golden", "golden.json");
        return JsonSerializer.Deserialize<Dictionary<string, GoldenOutputs>>(File.ReadAllText(path), Options)![file];
    }
}
