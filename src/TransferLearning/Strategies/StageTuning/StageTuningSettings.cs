using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Tuning;
using TransferLearning.Tuning.Stages;

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

        settings.RequireTraining($"{owner}.UnfrozenStages is {Text}", problems);
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
                $"there is the checkpoint '{path}' of a training that was not finished: continue it (Resumes), or remove that file to "
                + "begin a new one");
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
                    $"{owner}.StageTraining.TrainsNormalization is set, but there are no batch normalizations in {divided.Name}: they "
                    + "were folded into the convolutions when the file was made; leave TrainsNormalization out, or use a file that has "
                    + "them");
            }

            divided.CheckTrainable();
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
        }
    }
}
