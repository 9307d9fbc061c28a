using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Export;

/// <summary>The content of an export's <c>preprocessing.json</c>; the README beside it explains the fields.</summary>
internal sealed record ExportedPreprocessing
{
    public required string Input { get; init; }

    public required string Output { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string Resize { get; init; }

    public required float Crop { get; init; }

    public required string Interpolation { get; init; }

    public required string Channels { get; init; }

    public required IReadOnlyList<float> Mean { get; init; }

    public required IReadOnlyList<float> Scale { get; init; }

    public required string ExportedBy { get; init; }

    public static ExportedPreprocessing Of(ModelDescription model, string exportedBy)
    {
        ImagePreprocessing preprocessing = model.Preprocessing;
        PixelNormalization n = preprocessing.Normalization;
        return new ExportedPreprocessing
        {
            Input = model.InputName,
            Output = "probabilities",
            Width = preprocessing.Width,
            Height = preprocessing.Height,
            Resize = preprocessing.Resize switch
            {
                ResizeMode.Stretch => "stretch",
                ResizeMode.CenterCrop => "crop",
                ResizeMode.Pad => "pad",
                var other => throw new NotSupportedException($"the resize mode {other} has no name in exports"),
            },
            Crop = preprocessing.CropFraction,
            Interpolation = preprocessing.Interpolation switch
            {
                Imaging.Transforms.Interpolation.Bilinear => "bilinear",
                Imaging.Transforms.Interpolation.Bicubic => "bicubic",
                var other => throw new NotSupportedException($"the interpolation {other} has no name in exports"),
            },
            Channels = n.ChannelOrder switch
            {
                ChannelOrder.Rgb => "rgb",
                ChannelOrder.Bgr => "bgr",
                var other => throw new NotSupportedException($"the channel order {other} has no name in exports"),
            },
            Mean = [n.MeanR, n.MeanG, n.MeanB],
            Scale = [n.ScaleR, n.ScaleG, n.ScaleB],
            ExportedBy = exportedBy,
        };
    }
}
