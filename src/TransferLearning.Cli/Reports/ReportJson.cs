using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Reports.Advise;
using TransferLearning.Cli.Reports.Backbones;
using TransferLearning.Cli.Reports.Cache;
using TransferLearning.Cli.Reports.Check;
using TransferLearning.Cli.Reports.CrossValidate;
using TransferLearning.Cli.Reports.Evaluate;
using TransferLearning.Cli.Reports.Extract;
using TransferLearning.Cli.Reports.FineTune;
using TransferLearning.Cli.Reports.ParallelTrain;
using TransferLearning.Cli.Reports.Predict;
using TransferLearning.Cli.Reports.PreTrain;
using TransferLearning.Cli.Reports.SampleData;

namespace TransferLearning.Cli.Reports;

/// <summary>Serializes the reports: camelCase and indented.</summary>
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
[JsonSerializable(typeof(BackboneListReport))]
[JsonSerializable(typeof(BackboneFetchReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(SampleDataReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <param name="file">The file to write; null for none.</param>
    /// <param name="report">The report to write.</param>
    /// <param name="type">Gets the report's serializer. Called only where there is a file: setting one up takes about 25 ms.</param>
    public static void Write<T>(OutputFile? file, T report, Func<ReportJson, JsonTypeInfo<T>> type) => file?.Write(stream =>
    {
        JsonSerializer.Serialize(stream, report, type(Default));
        stream.WriteByte((byte)'\n');
    });
}
