namespace TransferLearning.Samples.Tests;

/// <summary>The sample as the just-in-time compiler runs it: compiling it natively takes tools that not every machine has.</summary>
[Collection(SharedShapes.Name)]
public sealed class NativeAotTests(Shapes shapes)
{
    [Fact]
    public async Task It_predicts()
    {
        string image = shapes.First("rings");

        FinishedProgram run = await shapes.RunAsync(BuiltProgram.Sample("NativeAot"), shapes.Model, image);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldHaveSingleItem().ShouldStartWith($"{image}: rings (");
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_named()
    {
        string image = shapes.First("rings");

        FinishedProgram run = await shapes.RunAsync(BuiltProgram.Sample("NativeAot"), image, image);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(image);
    }
}
