using TransferLearning;
using TransferLearning.Models;

if (args is not [string modelFile, .. string[] images])
{
    Console.Error.WriteLine("Usage: TransferLearning.Samples.NativeAot MODEL IMAGE...");
    return 1;
}

try
{
    using TransferModel model = TransferModel.Load(modelFile);
    foreach (string image in images)
    {
        Prediction prediction = model.Predict(image);
        Console.WriteLine($"{image}: {prediction.Label} ({prediction.Probability:P1})");
    }

    return 0;
}
catch (TransferLearningException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
