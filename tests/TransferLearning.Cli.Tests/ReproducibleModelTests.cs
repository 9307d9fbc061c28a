using System.Diagnostics;

namespace TransferLearning.Cli.Tests;

[Collection(SampleSetTests.Name)]
public sealed class ReproducibleModelTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_processes_make_the_same_bytes_with_a_date_of_the_environment()
    {
        await TrainAsync("first.onnx", "1700000000", "--threads", "1");
        await TrainAsync("second.onnx", "1700000000", "--threads", "2");

        File.ReadAllBytes(_folder["second.onnx"]).ShouldBe(File.ReadAllBytes(_folder["first.onnx"]));
        using var model = TransferLearning.Models.TransferModel.Load(_folder["first.onnx"]);
        model.Origin.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
    }

    [Fact]
    public async Task Two_processes_make_the_same_bytes_without_a_date()
    {
        await TrainAsync("first.onnx", "", "--threads", "2", "--no-date");
        await TrainAsync("second.onnx", "", "--threads", "1", "--no-date");

        File.ReadAllBytes(_folder["second.onnx"]).ShouldBe(File.ReadAllBytes(_folder["first.onnx"]));
        using var model = TransferLearning.Models.TransferModel.Load(_folder["first.onnx"]);
        model.Origin.Created.ShouldBeNull();
    }

    [Fact]
    public async Task A_date_that_is_no_number_is_an_error_before_the_work()
    {
        using Process process = Start("model.onnx", "today");

        (await TransferProcess.FinishAsync(process)).ShouldHaveFailedWith("SOURCE_DATE_EPOCH is 'today'", "date +%s");
        File.Exists(_folder["model.onnx"]).ShouldBeFalse();
    }

    private async Task TrainAsync(string output, string date, params string[] arguments)
    {
        using Process process = Start(output, date, arguments);
        (await TransferProcess.FinishAsync(process)).ShouldHaveEnded(0);
    }

    private Process Start(string output, string date, params string[] arguments) => TransferProcess.Start(
        new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = date },
        ["fine-tune", samples.Images, "-o", _folder[output], "--no-cache", .. SharedFiles.SmallBackbone(), .. arguments]);
}
