using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Info;

/// <summary>How an image becomes the input of a model.</summary>
/// <param name="Input">The name of the network's input, [N, 3, height, width].</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Resize"><c>Stretch</c>, <c>CenterCrop</c> or <c>Pad</c>.</param>
/// <param name="Crop">The central part of each side that is used, above 0 and at most 1.</param>
/// <param name="Interpolation"><c>Bilinear</c> or <c>Bicubic</c>, both antialiased.</param>
/// <param name="Channels"><c>Rgb</c> or <c>Bgr</c>.</param>
/// <param name="Mean">The means of red, green and blue, 0..255.</param>
/// <param name="Scale">What the difference to the mean is divided by.</param>
internal sealed record InfoPreprocessingReport(
    string Input,
    int Width,
    int Height,
    string Resize,
    float Crop,
    string Interpolation,
    string Channels,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> Scale)
{
    public static InfoPreprocessingReport Of(ModelDescription model)
    {
        ImagePreprocessing preprocessing = model.Preprocessing;
        PixelNormalization n = preprocessing.Normalization;
        return new InfoPreprocessingReport(
            model.InputName,
            preprocessing.Width,
            preprocessing.Height,
            preprocessing.Resize.ToString(),
            preprocessing.CropFraction,
            preprocessing.Interpolation.ToString(),
            n.ChannelOrder.ToString(),
            [n.MeanR, n.MeanG, n.MeanB],
            [n.ScaleR, n.ScaleG, n.ScaleB]);
    }
}
