using System.Text.Json;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Heads.Evidence;

namespace TransferLearning.Tests.Heads.Evidence;

public class LogMeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_score_agrees_with_the_reference(int number)
    {
        (LabeledBottlenecks data, double expected) = Case(number);

        LogMe.Score(data, 1).ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void Features_that_separate_the_classes_score_higher()
    {
        double apart = LogMe.Score(SyntheticBottlenecks.Create(120, 16, 3, seed: 1, separation: 1), 1);
        double mixed = LogMe.Score(SyntheticBottlenecks.Create(120, 16, 3, seed: 1, separation: 0.1), 1);

        apart.ShouldBeGreaterThan(mixed + 0.1);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(300, 200, 5, seed: 2);

        LogMe.Score(data, 3).ShouldBe(LogMe.Score(data, 1));
    }

    private static (LabeledBottlenecks Data, double Score) Case(int number)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Advice", "logme.json")));
        JsonElement one = document.RootElement[number];
        float[] features = [.. one.GetProperty("features").EnumerateArray().Select(e => e.GetSingle())];
        int[] labels = [.. one.GetProperty("labels").EnumerateArray().Select(e => e.GetInt32())];
        int size = one.GetProperty("size").GetInt32();
        var bottlenecks = new BottleneckMatrix(labels.Length, size, features);
        return (
            new LabeledBottlenecks(bottlenecks, labels, SyntheticBottlenecks.Names(labels.Max() + 1)),
            one.GetProperty("logme").GetDouble());
    }
}
