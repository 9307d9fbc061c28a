using System.CommandLine;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Options;

/// <summary><c>--augment</c> and <c>--augmentation</c>: the number of views of each training image, and what they show.</summary>
internal sealed class AugmentOption
{
    private readonly Option<int?> _views = ValueOption.WholeNumber(
        "--augment",
        "Number of further views of each training image to learn from; each costs as much time as the image. Default: none.",
        minimum: 1,
        maximum: 64);

    private readonly Option<string?> _augmentation = ValueOption.Text(
        "--augmentation",
        "What the views of --augment show: photos (other crops, mirrored, turned a little, in other light), or flip (some are mirrored, "
            + "nothing else). Default: photos.",
        "photos|flip");

    public void AddTo(Command command)
    {
        command.Add(_views);
        command.Add(_augmentation);
    }

    /// <summary>Notes a problem for each option given although nothing is trained.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (parsed.GetValue(_views) is not null)
        {
            problems.AddUseless(_views.Name, reason);
        }

        if (parsed.GetValue(_augmentation) is not null)
        {
            problems.AddUseless(_augmentation.Name, reason);
        }
    }

    /// <summary>A function that applies the options to a pipeline; without them it returns the pipeline unchanged.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="networkOption">The option with which each epoch shows another view of every image; null for a verb without one.</param>
    public Func<TransferPipeline<T>, TransferPipeline<T>> Read<T>(
        ParseResult parsed, Problems problems, Option<string?>? networkOption = null)
    {
        ImageAugmentation augmentation = ReadAugmentation(parsed, problems);
        if (networkOption is not null && parsed.GetValue(networkOption) is not null)
        {
            if (parsed.GetValue(_views) is not null)
            {
                problems.AddUseless(_views.Name, $"with {networkOption.Name}, which shows another view of each image in each epoch");
            }

            return pipeline => pipeline.WithAugmentation(augmentation);
        }

        if (parsed.GetValue(_views) is { } views)
        {
            return pipeline => pipeline.WithAugmentation(augmentation, views);
        }

        if (parsed.GetValue(_augmentation) is not null)
        {
            problems.Add($"{_augmentation.Name} says what views show, but there are none: give {_views.Name} with their number, such as "
                + $"{_views.Name} 4");
        }

        return pipeline => pipeline;
    }

    private ImageAugmentation ReadAugmentation(ParseResult parsed, Problems problems)
    {
        switch (parsed.GetValue(_augmentation))
        {
            case null or "photos":
                return ImageAugmentation.Photos;
            case "flip":
                return ImageAugmentation.Flip;
            case { } other:
                problems.Add($"{_augmentation.Name} expects photos or flip, not '{other}'");
                return ImageAugmentation.None;
        }
    }
}
