using TransferLearning;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class ContinueTraining
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").ContinueFrom("flowers.onnx").Fit();
        Continuation continuation = result.Continuation!;
        Console.WriteLine($"added: {string.Join(", ", continuation.AddedClasses)}");
        Console.WriteLine($"known classes: {continuation.Before?.Accuracy:P1} before, {continuation.After?.Accuracy:P1} after");
        result.Model.Save("flowers-2.onnx");
        // end
    }
}
