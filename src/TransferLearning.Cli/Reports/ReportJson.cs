using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Reports.Advise;
using TransferLearning.Cli.Reports.Backbones;
using TransferLearning.Cli.Reports.Cache;
using TransferLearning.Cli.Reports.Check;
using TransferLearning.Cli.Reports.Compare;
using TransferLearning.Cli.Reports.CrossValidate;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Evaluate;
using TransferLearning.Cli.Reports.Export;
using TransferLearning.Cli.Reports.Extract;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.FineTune;
using TransferLearning.Cli.Reports.Info;
using TransferLearning.Cli.Reports.ParallelTrain;
using TransferLearning.Cli.Reports.Predict;
using TransferLearning.Cli.Reports.PreTrain;
using TransferLearning.Cli.Reports.Runs;
using TransferLearning.Cli.Reports.SampleData;
using TransferLearning.Data;

namespace TransferLearning.Cli.Reports;

/// <summary>Serializes the reports: camelCase and indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(FineTuneReport))]
[JsonSerializable(typeof(CrossValidateReport))]
[JsonSerializable(typeof(ParallelTrainReport))]
[JsonSerializable(typeof(PreTrainReport))]
[JsonSerializable(typeof(LabelDataReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(InfoReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(ExportReport))]
[JsonSerializable(typeof(ExportedPreprocessing))]
[JsonSerializable(typeof(ExtractReport))]
[JsonSerializable(typeof(PredictReport))]
[JsonSerializable(typeof(AdviseReport))]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(CacheReport))]
[JsonSerializable(typeof(BackboneListReport))]
[JsonSerializable(typeof(BackboneFetchReport))]
[JsonSerializable(typeof(InspectReport))]
[JsonSerializable(typeof(RunsReport))]
[JsonSerializable(typeof(SampleDataReport))]
[JsonSerializable(typeof(IReadOnlyList<DataReport>))]
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

    /// <summary>Writes a report on data, with what was understood of it; what was left out counts as skipped.</summary>
    /// <param name="common">The file to write, and the data sets.</param>
    /// <param name="report">The report to write.</param>
    /// <param name="notes">Warnings and hints; null for a verb that has none.</param>
    /// <param name="type">Gets the report's serializer, as for the other overload.</param>
    public static void Write<T>(CommonSettings common, T report, Notes? notes, Func<ReportJson, JsonTypeInfo<T>> type) =>
        common.Json?.Write(stream => Write(stream, common, report, notes, type));

    private static void Write<T>(Stream stream, CommonSettings common, T report, Notes? notes, Func<ReportJson, JsonTypeInfo<T>> type)
    {
        JsonObject fields = JsonSerializer.SerializeToNode(report, type(Default))!.AsObject();
        AddSkipped(fields, common.Data.Sets);
        if (notes is not null)
        {
            fields["warnings"] = TextsOf(notes.Warnings);
            fields["hints"] = TextsOf(notes.Hints);
        }

        Data.DataReport[] data = [.. common.Data.Sets.Select(Data.DataReport.Of)];
        fields["layout"] = data.Length == 0 ? null : JsonValue.Create(data[0].Layout);
        fields["data"] = JsonSerializer.SerializeToNode<IReadOnlyList<Data.DataReport>>(data, Default.IReadOnlyListDataReport);
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            fields.WriteTo(writer);
        }

        stream.WriteByte((byte)'\n');
    }

    private static JsonArray TextsOf(IReadOnlyList<string> texts) => [.. texts.Select(t => (JsonNode?)JsonValue.Create(t))];

    private static void AddSkipped(JsonObject fields, IReadOnlyList<ImageDataset> sets)
    {
        if (fields["skipped"] is not { } skipped || fields["skippedImages"] is not JsonArray images)
        {
            return;
        }

        // Files that are no images, such as a license, are no images skipped; "data" counts them.
        DatasetFinding[] findings = [.. sets.SelectMany(s => s.Findings).Where(f => f.Kind != DatasetFindingKind.NotAnImage)];
        fields["skipped"] = skipped.GetValue<int>() + findings.Length;
        foreach (DatasetFinding finding in findings)
        {
            images.Add(JsonSerializer.SerializeToNode(new SkippedImageReport(finding.Path, finding.Message), Default.SkippedImageReport));
        }
    }
}
