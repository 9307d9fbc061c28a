using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>Which stages of the network are trained, and how. Immutable.</summary>
/// <param name="Stages">The number of last stages; 0 for the head alone.</param>
/// <param name="Training">How they are trained.</param>
internal sealed record StageTuningSettings(int Stages, NetworkTrainingOptions Training)
{
    /// <summary>Adds a sentence for each problem, before any image is read.</summary>
    /// <param name="owner">The options that the settings are part of.</param>
    /// <param name="settings">Those of the pipeline.</param>
    /// <param name="backbone">The network; null where it cannot be read, which is a problem of its own.</param>
    /// <param name="problems">Receives the sentences.</param>
    public void Validate(string owner, TransferSettings settings, Func<Backbone> backbone, List<string> problems)
    {
        problems.AddRange(Training.Validate().Select(p => $"{owner}.StageTraining: {p}"));
        if (Stages < 0)
        {
            problems.Add($"{owner}.UnfrozenStages is {Stages}: it must be at least 0");
        }

        if (Stages <= 0)
        {
            return;
        }

        if (settings.Retrainer is not SoftmaxRetrainer)
        {
            problems.Add(
                $"{owner}.UnfrozenStages is {Text}, but the trainer {settings.Retrainer.GetType().Name} trains heads only: leave "
                + "WithRetrainer out, or unfreeze no stages");
        }
        else
        {
            ValidateNetwork(owner, backbone, problems);
        }

        if (Training is { Checkpoint: { } path, Resumes: false } && File.Exists(path))
        {
            problems.Add(
                $"the checkpoint '{path}' of a training that did not end is there: go on from it (Resumes, or --resume), or remove it");
        }
    }

    private string Text => Stages == TunableNetwork.AllStages ? "all" : $"{Stages}";

    private void ValidateNetwork(string owner, Func<Backbone> backbone, List<string> problems)
    {
        try
        {
            Backbone network = backbone();
            var divided = TunableNetwork.Of(network, Stages);
            if (Training.TrainsNormalization && !divided.HasNormalization)
            {
                problems.Add(
                    $"{owner}.StageTraining.TrainsNormalization is set, but {divided.Name} have no batch normalizations to train: they "
                    + "were folded into the convolutions when the file was made");
            }

            divided.CheckTrainable();
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
        }
    }
}
