using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.ModelFiles;

internal static class PreprocessingRule
{
    public static void Run()
    {
        // begin
        using TransferModel model = TransferModel.Load("flowers.onnx");
        ImagePreprocessing rule = model.Preprocessing;
        Console.WriteLine($"{rule.Width} x {rule.Height}, {rule.Resize}, {rule.Interpolation}, {rule.Normalization.ChannelOrder}");
        Console.WriteLine($"mean {rule.Normalization.MeanR}, {rule.Normalization.MeanG}, {rule.Normalization.MeanB}");
        // end
    }
}
