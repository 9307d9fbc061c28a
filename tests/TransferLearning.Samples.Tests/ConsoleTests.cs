namespace TransferLearning.Samples.Tests;

[Collection(SharedShapes.Name)]
public sealed class ConsoleTests(Shapes shapes)
{
    [Fact]
    public void It_trains_saves_loads_and_predicts()
    {
        shapes.Training.ExitCode.ShouldBe(0, shapes.Training.Error);

        shapes.Training.Output[0].ShouldStartWith("trained on ");
        foreach (string label in shapes.Labels)
        {
            shapes.Training.Output.ShouldContain(line => line.StartsWith($"{shapes.First(label)}: {label} (", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_wrong_is_said_in_one_line()
    {
        FinishedProgram run = await shapes.RunAsync(BuiltProgram.Sample("Console"), "absent", "model.onnx");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("'absent' does not exist");
        run.Error.TrimEnd().ShouldNotContain("\n");
    }
}
