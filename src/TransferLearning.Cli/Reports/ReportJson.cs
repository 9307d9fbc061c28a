using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Reports;

/// <summary>Serialises the reports: camelCase, indented, numbers that JSON can hold.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(FineTuneReport))]
[JsonSerializable(typeof(CrossValidateReport))]
[JsonSerializable(typeof(ParallelTrainReport))]
[JsonSerializable(typeof(PreTrainReport))]
[JsonSerializable(typeof(LabelDataReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(ExtractReport))]
[JsonSerializable(typeof(PredictReport))]
[JsonSerializable(typeof(AdviseReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(CacheReport))]
[JsonSerializable(typeof(SampleDataReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static void Write<T>(OutputFile? file, T report, JsonTypeInfo<T> type) => file?.Write(stream =>
    {
        JsonSerializer.Serialize(stream, report, type);
        stream.WriteByte((byte)'\n');
    });
}
