namespace TransferLearning.Samples.Tests;

[Collection(SharedShapes.Name)]
public sealed class MLNetTests(Shapes shapes)
{
#if MLNET
    private const bool IsBuilt = true;
#else
    private const bool IsBuilt = false;
#endif

    [SkippableFact]
    public async Task It_trains_saves_loads_and_predicts_in_a_pipeline()
    {
        Skip.IfNot(IsBuilt, "ML.NET was left out: build with -p:MLNet=true");
        string image = shapes.First("rings");

        FinishedProgram run = await shapes.RunAsync(
            BuiltProgram.Sample("MLNet"), shapes.Images, Path.ChangeExtension(shapes.Model, ".zip"), image);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldHaveSingleItem().ShouldStartWith($"{image}: rings (");
    }
}
