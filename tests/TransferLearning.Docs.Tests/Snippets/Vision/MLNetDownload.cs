using TransferLearning.MLNet.Vision;

namespace TransferLearning.Docs.Tests.Snippets.Vision;

internal static class MLNetDownload
{
    public static async Task<MLNetRetrainer> RunAsync()
    {
        // begin
        await MLNetWeights.DownloadAsync(MLNetNetwork.ResNetV250);
        var retrainer = new MLNetRetrainer(new MLNetRetrainerOptions
        {
            Network = MLNetNetwork.ResNetV250,
            Epochs = 100,
            LearningRate = MLNetLearningRate.Constant(0.005),
        });
        // end
        return retrainer;
    }
}
