using System.Text.Json;

namespace TransferLearning.Models.Saving;

/// <summary>
/// How a file stores its weights, as its metadata says it: <c>float32</c>, <c>float16</c>, <c>bfloat16</c> or <c>int8</c>.
/// </summary>
internal static class WeightsText
{
    public static string Of(WeightPrecision weights) => weights switch
    {
        WeightPrecision.Float32 => "float32",
        WeightPrecision.Float16 => "float16",
        WeightPrecision.Bfloat16 => "bfloat16",
        WeightPrecision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(weights), weights, "a weight precision has a name in metadata"),
    };

    /// <exception cref="JsonException">The text is no such name.</exception>
    public static WeightPrecision Read(string text) => text switch
    {
        "float32" => WeightPrecision.Float32,
        "float16" => WeightPrecision.Float16,
        "bfloat16" => WeightPrecision.Bfloat16,
        "int8" => WeightPrecision.Int8,
        _ => throw new JsonException($"the weights '{text}' are not known; expected float32, float16, bfloat16 or int8"),
    };
}
