using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Reports.Advise;
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

/// <summary>Serializes the reports: camelCase, indented, numbers that JSON can hold.</summary>
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
    /// <param name="file">Null writes nothing.</param>
    /// <param name="report">What to write.</param>
    /// <param name="type">Picks the report's serializer; asked only where there is a file, as a serializer takes tens of milliseconds to set up.</param>
    public static void Write<T>(OutputFile? file, T report, Func<ReportJson, JsonTypeInfo<T>> type) => file?.Write(stream =>
    {
        JsonSerializer.Serialize(stream, report, type(Default));
        stream.WriteByte((byte)'\n');
    });
}
