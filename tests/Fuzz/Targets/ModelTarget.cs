using TransferLearning.Fuzz.Seeds;
using TransferLearning.Fuzz.Structures;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests;
using TransferLearning.Models;

namespace TransferLearning.Fuzz.Targets;

/// <summary>
/// A saved model: loaded, and asked for a prediction, whose probabilities must be numbers. Documented:
/// <see cref="TransferLearningException"/>.
/// </summary>
internal sealed class ModelTarget() : FuzzTarget("model", ProtobufStructure.Instance)
{
    private readonly RgbImage _image = TestImages.Smooth(40, 30);

    public override IEnumerable<byte[]> Seeds() => ModelSeeds.All();

    public override void Run(byte[] input)
    {
        using var stream = new MemoryStream(input);
        using var model = TransferModel.Load(stream);
        Prediction prediction = model.Predict(_image);
        foreach (float probability in prediction.Probabilities)
        {
            if (!float.IsFinite(probability))
            {
                throw new NotFiniteNumberException($"a probability is {probability}");
            }
        }

        if (prediction.UnknownScore is { } score && !float.IsFinite(score))
        {
            throw new NotFiniteNumberException($"the score of an unknown image is {score}");
        }
    }

    public override Exception? FaultIn(Exception exception) => exception is TransferLearningException ? NamedFault(exception) : exception;
}
