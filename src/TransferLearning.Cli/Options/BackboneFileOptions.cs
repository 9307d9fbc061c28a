using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Cli.Options;

/// <summary>
/// The options beside <c>--backbone</c> that say how a network file is fed, where the file does not: <c>--normalization</c> and others.
/// </summary>
internal sealed class BackboneFileOptions
{
    private const int MinInputSize = 16, MaxInputSize = 2048;

    private readonly Option<string?> _normalization = ValueOption.Text(
        "--normalization",
        "How pixel values become the input of a network file: auto (measured on images of the data set), torchvision, inception (-1..1), "
        + "zero-one, caffe (BGR), none (0..255), or means and deviations, mean=R,G,B/std=R,G,B, for pixel values 0..1 if no number is "
        + "above 1, else for 0..255. Default: what is read from or beside the file.",
        "NAME-or-NUMBERS");

    private readonly Option<string?> _channels = ValueOption.Text(
        "--channels", "The channel order of a network file's input: rgb or bgr. Default: that of the normalization.", "rgb|bgr");

    private readonly Option<string?> _resize = ValueOption.Text(
        "--resize",
        "How images get the input size of a network file: stretch, crop (the largest centered part with its aspect ratio; crop:0.875 for "
        + "the central part of that), or pad. Default: what is read from or beside the file, else stretch.",
        "stretch|crop[:0.875]|pad");

    private readonly Option<string?> _interpolation = ValueOption.Text(
        "--interpolation",
        "How images are resized for a network file: bilinear or bicubic, both antialiased. Default: what is read from or beside the file, "
        + "else bilinear.",
        "bilinear|bicubic");

    private readonly Option<string?> _features = ValueOption.Text(
        "--features", "The name of the value of a network file to use as features. Default: the input of its classifier.", "NAME");

    private readonly Option<int?> _inputSize = ValueOption.WholeNumber(
        "--input-size",
        "Height and width in pixels of a network file's input. Default: what the file declares.",
        MinInputSize,
        MaxInputSize);

    private readonly Option<string?> _meanImage = ValueOption.Text(
        "--mean-image",
        "A mean image for a network file, in place of means: an image file, or .npy with values 0..255 ([3,H,W] or [H,W,3]).",
        "FILE");

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [_normalization, _channels, _resize, _interpolation, _features, _inputSize, _meanImage];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Notes a problem for the options that are given, which only a network file can have.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Where the problem is noted.</param>
    /// <param name="reason">What there is in place of a network file, such as "with --from, whose model has its own backbone".</param>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        string[] given = [.. All.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
        if (given.Length > 0)
        {
            problems.Add(
                $"{string.Join(", ", given)} {(given.Length == 1 ? "has" : "have")} no use {reason}: leave "
                + $"{(given.Length == 1 ? "it" : "them")} out, or give a network file with --backbone");
        }
    }

    /// <summary>Reads the options. Says on the standard error how numbers were understood.</summary>
    public BackboneOptions Read(ParseResult parsed, Problems problems)
    {
        PixelNormalization? normalization = null;
        string? name = parsed.GetValue(_normalization), meanImage = parsed.GetValue(_meanImage);
        bool isMeasured = name == "auto";
        if (name is not null && !isMeasured)
        {
            normalization = NormalizationText.Parse(name, out string? note);
            if (normalization is null)
            {
                problems.Add($"{_normalization.Name} expects {NormalizationText.Expected}, not '{name}'");
            }
            else if (note is not null)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"{_normalization.Name} {name}: {note}");
            }
        }

        if (isMeasured && meanImage is not null)
        {
            problems.Add($"{_normalization.Name} auto and {_meanImage.Name} contradict each other: leave one out");
        }

        (ResizeMode Mode, float Fraction)? resize = ReadResize(parsed, problems);
        return new BackboneOptions
        {
            Normalization = normalization,
            MeasureNormalization = isMeasured,
            MeanImagePath = isMeasured ? null : meanImage,
            ChannelOrder = ReadName(parsed, problems, _channels, ("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)),
            Resize = resize?.Mode,
            CropFraction = resize?.Fraction,
            Interpolation = ReadName(
                parsed, problems, _interpolation, ("bilinear", Interpolation.Bilinear), ("bicubic", Interpolation.Bicubic)),
            FeaturesName = parsed.GetValue(_features),
            InputSize = parsed.GetValue(_inputSize),
        };
    }

    private (ResizeMode Mode, float Fraction)? ReadResize(ParseResult parsed, Problems problems)
    {
        const string CropPrefix = "crop:";
        switch (parsed.GetValue(_resize))
        {
            case null:
                return null;
            case "stretch":
                return (ResizeMode.Stretch, 1);
            case "crop":
                return (ResizeMode.CenterCrop, 1);
            case "pad":
                return (ResizeMode.Pad, 1);
            case { } text when text.StartsWith(CropPrefix, StringComparison.Ordinal)
                && ValueOption.TryFraction(text[CropPrefix.Length..], out double fraction) && (float)fraction > 0:
                return (ResizeMode.CenterCrop, (float)fraction);
            case { } other:
                problems.Add($"{_resize.Name} expects stretch, crop, crop:0.875 (a fraction above 0, at most 1) or pad, not '{other}'");
                return null;
        }
    }

    private static T? ReadName<T>(
        ParseResult parsed, Problems problems, Option<string?> option, params ReadOnlySpan<(string Name, T Value)> values)
        where T : struct
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        foreach ((string name, T value) in values)
        {
            if (name == text)
            {
                return value;
            }
        }

        problems.Add($"{option.Name} expects {values[0].Name} or {values[1].Name}, not '{text}'");
        return null;
    }
}
