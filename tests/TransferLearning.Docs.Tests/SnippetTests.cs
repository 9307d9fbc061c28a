using System.Text;
using TransferLearning.Cli;
using TransferLearning.Cli.Hosting;
using TransferLearning.Docs.Tests.Examples;
using TransferLearning.Docs.Tests.Snippets;
using TransferLearning.Docs.Tests.Snippets.Augmentation;
using TransferLearning.Docs.Tests.Snippets.ModelFiles;
using TransferLearning.Docs.Tests.Snippets.Packages;
using TransferLearning.Docs.Tests.Snippets.Reports;
using TransferLearning.Docs.Tests.Snippets.Unfreezing;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests;

/// <summary>
/// Every C# block of the documents is a region of a file in Snippets, where the compiler checks it. The tests here run these files on
/// sample data in a temporary folder.
/// </summary>
public sealed class SnippetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("transfer-docs-").FullName;
    private readonly string _before = Environment.CurrentDirectory;

    public static TheoryData<string> DocumentNames => [.. Documents.All];

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(DocumentNames))]
    public void Every_block_is_compiled(string document)
    {
        foreach (CodeBlock block in CodeBlock.In(document))
        {
            Snippet? snippet = Snippet.All.FirstOrDefault(s => s.Statements == block.Statements);
            snippet.ShouldNotBeNull($"no region of a file in Snippets has the code of {block}");
            block.Usings.Except(snippet.Usings).ShouldBeEmpty($"{block} and {snippet.File}");
            snippet.Usings.Except(block.Usings).ShouldBeEmpty($"{block} lacks what {snippet.File} needs");
        }
    }

    [Fact]
    public void Every_snippet_is_used()
    {
        string[] used = [.. Documents.All.SelectMany(CodeBlock.In).Select(b => b.Statements)];

        Snippet.All.Where(s => !used.Contains(s.Statements)).Select(s => s.File).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_quick_start_runs()
    {
        await PrepareAsync();

        QuickStart.Run();

        File.Exists("flowers.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task The_code_of_the_packages_pages_runs()
    {
        await PrepareAsync();
        QuickStart.Run();

        DecodeImage.Run();
        RunModel.Run();
        CompactBackbone.Run();
        ResNet18Backbone.Run();
    }

    [Fact]
    public async Task A_smaller_file_is_saved()
    {
        await PrepareAsync();
        QuickStart.Run();

        SmallerFile.Run();

        // The larger file has float16 already: biases and scales apart, half of it is left.
        new FileInfo("flowers-small.onnx").Length.ShouldBeLessThan(new FileInfo("flowers.onnx").Length * 53 / 100);
    }

    [Fact]
    public async Task A_model_is_saved_without_hashes_of_its_training_images()
    {
        await PrepareAsync();
        QuickStart.Run();

        TrainingImages.Run();
        DescribeModel.Run();
        PreprocessingRule.Run();
        CompareModels.Run();

        using var with = TransferModel.Load("flowers.onnx");
        using var without = TransferModel.Load("flowers-2.onnx");
        (with.KeepsTrainingHashes, without.KeepsTrainingHashes).ShouldBe((true, false));
        (await File.ReadAllTextAsync("flowers.md")).ShouldContain("# Model card: flowers");
    }

    [SkippableFact]
    public async Task A_pipeline_with_all_settings_runs()
    {
        await PrepareAsync(backbone: true);

        await EverySetting.RunAsync();

        Directory.GetFiles("cache").ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task Getting_started_runs()
    {
        await PrepareAsync(backbone: true);

        OpenData.Run();
        Train.Run();
        SmallThenLarger.Run();
        await ProgressAndCancellation.RunAsync();
        Predict.Run();
        AnotherBackbone.Run();
    }

    [Fact]
    public async Task Continuing_a_model_runs()
    {
        await PrepareAsync();
        Train.Run();

        ContinueTraining.Run();

        File.Exists("flowers-2.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task Pre_training_of_a_network_runs()
    {
        await PrepareAsync();

        PreTrainNetwork.Run();

        File.Exists("backbone.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task Augmentation_runs()
    {
        await PrepareAsync();

        AugmentImages.Run();
        OwnAugmentation.Run();

        File.Exists("augmented.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task Unfreezing_runs()
    {
        await PrepareAsync();

        TryUnfreezing.Run();
        UnfreezeStages.Run();
        ResumeTraining.Run();

        using var model = TransferModel.Load("tuned.onnx");
        model.Labels.Count.ShouldBe(6);
        File.Exists("tuned.checkpoint").ShouldBeFalse();
    }

    [Fact]
    public async Task Cross_validation_runs()
    {
        await PrepareAsync();

        CrossValidate.Run();

        File.Exists("photos.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_and_checks_run()
    {
        await PrepareAsync();

        WriteReport.Run();
        ReadVerdict.Run();
        JudgeAccuracy.Run();
        CheckData.Run();

        File.Exists("report.html").ShouldBeTrue();
        File.Exists("evaluation.html").ShouldBeTrue();
    }

    [Fact]
    public async Task Another_image_format_runs()
    {
        await PrepareAsync();
        foreach (string photo in Directory.GetFiles("photos", "*.jpg", SearchOption.AllDirectories).Append("rose.jpg"))
        {
            RgbImage image = ImageFormats.BuiltIn.Load(photo);
            byte[] header = Encoding.ASCII.GetBytes($"P6\n{image.Width} {image.Height}\n255\n");
            await File.WriteAllBytesAsync(Path.ChangeExtension(photo, ".ppm"), [.. header, .. image.Pixels]);
            File.Delete(photo);
        }

        AnotherImageFormat.Run();

        File.Exists("flowers.onnx").ShouldBeTrue();
    }

    [Fact]
    public async Task The_examples_of_models_and_reports_run()
    {
        await PrepareAsync();

        ModelExamples.Save();
        ModelExamples.Load();
        ModelExamples.Predict();
        await ModelExamples.PredictAsync();
        ModelExamples.Evaluate();
        ModelExamples.Label();
        ReportExamples.Save();
        await ReportExamples.OfEvaluationAsync();

        File.ReadLines("labels.csv").First().ShouldStartWith("path,label");
        File.Exists("evaluation.html").ShouldBeTrue();
    }

    [SkippableFact]
    public async Task The_examples_of_backbones_and_bottlenecks_run()
    {
        await PrepareAsync(backbone: true);

        BottleneckExamples.ReadBackbone();
        BottleneckExamples.Extract();
        BottleneckExamples.Maintain();

        Directory.GetFiles("cache").ShouldBeEmpty();
    }

    private async Task PrepareAsync(bool backbone = false)
    {
        Environment.CurrentDirectory = _folder;
        if (backbone)
        {
            string network = Path.Combine(Documents.Root, "..", "shared", "models", "onnx", "mobilenet_v1_0.25_128.onnx");
            Skip.IfNot(File.Exists(network), "needs models/onnx/mobilenet_v1_0.25_128.onnx in the folder shared beside the repository");
            File.Copy(network, "mobilenet_v2.onnx");
        }

        await TransferAsync("sample-data", "photos", "--images", "10", "--size", "64", "--quiet");
        await TransferAsync("sample-data", "photos-small", "--images", "6", "--size", "64", "--seed", "1", "--quiet");
        await TransferAsync("sample-data", "photos-large", "--images", "12", "--size", "64", "--seed", "2", "--quiet");
        File.Copy(Directory.GetFiles("photos/rings")[0], "rose.jpg");
    }

    private static async Task TransferAsync(params string[] arguments)
    {
        var host = new CommandHost { Output = TextWriter.Null, Error = TextWriter.Null, OutputIsTerminal = false, ErrorIsTerminal = false };
        (await CommandLine.RunAsync(arguments, host, CancellationToken.None)).ShouldBe(0);
    }
}
