using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>How an image becomes the input of an inspected network.</summary>
internal sealed record InspectedPreprocessingReport
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Resize { get; init; }

    /// <summary>The central part of each side that is used, above 0 and at most 1.</summary>
    public required float Crop { get; init; }

    public required string Interpolation { get; init; }

    /// <summary>The order of the channels: <c>Rgb</c> or <c>Bgr</c>.</summary>
    public required string Channels { get; init; }

    /// <summary>The means of red, green and blue, 0..255.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What the difference to the mean is divided by.</summary>
    public required IReadOnlyList<float> Scale { get; init; }

    /// <summary>What decided the normalization.</summary>
    public required string Source { get; init; }

    /// <summary>The same in words.</summary>
    public required string Reason { get; init; }

    public static InspectedPreprocessingReport Of(Backbone backbone)
    {
        ImagePreprocessing preprocessing = backbone.Preprocessing;
        PixelNormalization n = preprocessing.Normalization;
        return new InspectedPreprocessingReport
        {
            Width = preprocessing.Width,
            Height = preprocessing.Height,
            Resize = preprocessing.Resize.ToString(),
            Crop = preprocessing.CropFraction,
            Interpolation = preprocessing.Interpolation.ToString(),
            Channels = n.ChannelOrder.ToString(),
            Mean = [n.MeanR, n.MeanG, n.MeanB],
            Scale = [n.ScaleR, n.ScaleG, n.ScaleB],
            Source = backbone.PreprocessingSource.ToString(),
            Reason = backbone.PreprocessingReason,
        };
    }
}
