using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Data;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class MeasureNormalization
{
    public static void Run()
    {
        // begin
        BackboneCheckResult check = BackboneCheck.Run(Backbone.FromFile("network.onnx"), ImageDataset.Open("photos/"));
        Console.WriteLine(check.Explanation);
        Backbone backbone = check.Backbone;
        // end
    }
}
