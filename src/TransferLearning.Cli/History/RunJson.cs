using System.Text.Json.Serialization;

namespace TransferLearning.Cli.History;

/// <summary>Serializes runs: camelCase, one line per run.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
