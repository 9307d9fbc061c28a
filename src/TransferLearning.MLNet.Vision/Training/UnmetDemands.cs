using TransferLearning.Heads;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>Demands of a strategy that ML.NET's trainer cannot meet.</summary>
internal static class UnmetDemands
{
    private const string OtherTrainer = "the softmax trainer can (SoftmaxRetrainer, which pipelines use where WithRetrainer is left out)";

    public static void Add(RetrainingDemands demands, List<string> problems)
    {
        if (demands.Seed)
        {
            problems.Add(
                "a seed is given (WithSeed), but TensorFlow draws the first weights by itself, so ML.NET's trainer cannot give the same "
                + $"head twice; {OtherTrainer}. Leave WithSeed out to train all the same");
        }

        if (demands.InitialHead)
        {
            problems.Add(
                "training is to start from a trained head (tuneOn, ContinueFrom), but ML.NET's trainer always starts from random weights; "
                + $"{OtherTrainer}. Fine-tune on one data set instead");
        }
    }
}
