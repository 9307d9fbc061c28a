namespace TransferLearning.Samples.Tests;

[Collection(SharedShapes.Name)]
public sealed class MLNetTests(Shapes shapes)
{
    [Fact]
    public async Task It_trains_saves_loads_and_predicts_in_a_pipeline()
    {
        string image = shapes.First("rings");

        FinishedProgram run = await shapes.RunAsync(
            BuiltProgram.Sample("MLNet"), shapes.Images, Path.ChangeExtension(shapes.Model, ".zip"), image);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldHaveSingleItem().ShouldStartWith($"{image}: rings (");
    }
}
