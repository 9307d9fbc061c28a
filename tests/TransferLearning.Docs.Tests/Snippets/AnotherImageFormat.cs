using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class AnotherImageFormat
{
    public static void Run()
    {
        // begin
        ImageFormats formats = ImageFormats.BuiltIn.Add(new PpmDecoder());
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithImageFormats(formats).Fit();
        result.Model.Save("flowers.onnx");

        using TransferModel model = TransferModel.Load("flowers.onnx", new ModelLoadOptions { Formats = formats });
        Console.WriteLine(model.Predict("rose.ppm").Label);
        // end
    }
}
