using System.CommandLine;

namespace TransferLearning.Cli.Options.ModelFile;

/// <summary><c>--no-training-hashes</c>: the model keeps no hashes of the images that it was trained on.</summary>
internal sealed class TrainingHashesOption
{
    private readonly Option<bool> _option = new("--no-training-hashes")
    {
        Description = "Keep no hashes of the training images in the model. With them, evaluate can tell which images the model was trained "
            + "on; they reveal nothing else.",
    };

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Notes a problem where the option is given although no model is saved.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (parsed.GetValue(_option))
        {
            problems.AddUseless(_option.Name, reason);
        }
    }

    /// <summary>A copy of the pipeline with the option applied.</summary>
    public TransferPipeline<T> Apply<T>(ParseResult parsed, TransferPipeline<T> pipeline) =>
        parsed.GetValue(_option) ? pipeline.WithoutTrainingHashes() : pipeline;
}
