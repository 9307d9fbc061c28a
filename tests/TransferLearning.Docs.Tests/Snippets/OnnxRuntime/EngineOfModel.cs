using TransferLearning.Models;
using TransferLearning.OnnxRuntime;

namespace TransferLearning.Docs.Tests.Snippets.OnnxRuntime;

internal static class EngineOfModel
{
    public static void Run()
    {
        // begin
        var options = new ModelLoadOptions { Engine = OnnxRuntimeEngine.Cpu() };
        using TransferModel model = TransferModel.Load("flowers.onnx", options);
        Prediction prediction = model.Predict("rose.jpg");
        // end
    }
}
