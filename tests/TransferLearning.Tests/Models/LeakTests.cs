using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models;

/// <summary>
/// A short form of benchmarks/reports/long-runs.md. It measures the heap of the whole process, so that no other test may run meanwhile.
/// </summary>
[Collection(Name)]
public sealed class LeakTests : IDisposable
{
    private const string Name = "the whole process";
    private const int WarmUp = 10;

    // A model that stays would take more than this in one round.
    private const long Tolerance = 1 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loading_predicting_and_disposing_fifty_times_leaves_nothing()
    {
        ImageDataset images = DrawnImages.Set(6, "red", "blue");
        byte[] photo = images.Images[0].ReadBytes();
        string path = _folder.At("model.onnx");
        using (TransferModel trained = Fit(images, seed: 0))
        {
            trained.Save(path);
        }

        GrowthOver(50, _ =>
        {
            using var model = TransferModel.Load(path);
            model.Predict(photo);
        }).ShouldBeLessThan(Tolerance);
    }

    [Fact]
    public void Fitting_fifty_times_leaves_nothing()
    {
        ImageDataset images = DrawnImages.Set(6, "red", "blue");

        GrowthOver(50, seed => Fit(images, seed).Dispose()).ShouldBeLessThan(Tolerance);
    }

    private TransferModel Fit(ImageDataset images, int seed) => TransferPipeline.FineTune(images).WithBackbone(Backbone.Compact)
        .WithBottleneckCache(_folder.At("cache")).WithThreads(2).WithSeed(seed).Fit().Model;

    private static long GrowthOver(int rounds, Action<int> round)
    {
        long before = 0;
        for (int i = 0; i < rounds; i++)
        {
            if (i == WarmUp)
            {
                before = Heap();
            }

            round(i);
        }

        return Heap() - before;
    }

    private static long Heap()
    {
        // Twice: objects with finalizers go with the second.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class WholeProcess;
}
