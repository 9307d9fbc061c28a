using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Weights;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Weights;

public sealed class WeightsPlacementTests : IDisposable
{
    private static readonly NetworkFile Network = NetworkFile.Of(MLNetNetwork.ResNetV250);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_copy_serves_all_fits()
    {
        string source = _folder.Write("mine.meta", "weights");

        string first = WeightsPlacement.Place(source, Network, _folder.At("store"));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(first, "MLNET", "resnet_v2_50_299.meta"));
        string second = WeightsPlacement.Place(source, Network, _folder.At("store"));

        second.ShouldBe(first);
        File.GetLastWriteTimeUtc(Path.Combine(second, "MLNET", "resnet_v2_50_299.meta")).ShouldBe(written);
        Directory.GetFiles(_folder.At("store"), "*", SearchOption.AllDirectories).Length.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_copy_is_replaced()
    {
        string source = _folder.Write("mine.meta", "weights");
        string placed = Path.Combine(WeightsPlacement.Place(source, Network, _folder.At("store")), "MLNET", "resnet_v2_50_299.meta");
        File.WriteAllText(placed, "wei");

        WeightsPlacement.Place(source, Network, _folder.At("store"));

        File.ReadAllText(placed).ShouldBe("weights");
    }

    [Fact]
    public void Other_weights_of_the_same_name_get_another_copy()
    {
        string first = WeightsPlacement.Place(_folder.Write("a.meta", "a"), Network, _folder.At("store"));

        WeightsPlacement.Place(_folder.Write("b.meta", "b"), Network, _folder.At("store")).ShouldNotBe(first);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named() =>
        Should.Throw<TransferLearningException>(
                () => WeightsPlacement.Place(_folder.Write("a.meta", "a"), Network, _folder.Write("file")))
            .Message.ShouldContain(_folder.At("file"));
}
